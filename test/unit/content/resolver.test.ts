import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Announcement } from '../../../firmware-protocol/content/announcement.ts';
import { epochMsOfLocal, instantOf } from '../../../firmware-protocol/content/instant.ts';
import type { Programme } from '../../../firmware-protocol/content/programme.ts';
import {
  durationMsOf,
  newestOfEachArea,
  occurrencesOf,
  resolve,
} from '../../../firmware-protocol/content/resolver.ts';
import { announcement, entryOf, programmeOf, soundFor } from './documents.ts';

const at = (time: string) => epochMsOfLocal(`2026-11-13T${time}`);
const DAY: [number, number] = [at('00:00:00'), at('23:59:59')];

const dueOn = (programmes: Programme[], [from, to] = DAY) =>
  occurrencesOf(programmes, from, to).map(({ id }) => id);

/** `a plays 08:00:00-08:00:20 due`, of the tower. */
function story(programmes: Programme[]): string[] {
  return resolve(occurrencesOf(programmes, ...DAY))
    .filter(({ output }) => output === 'tower')
    .map(({ occurrence, verdict, startsMs, endsMs, because }) => {
      const name = (id: string) => id.replace(/\w+\/(\w+)\/\w+/g, '$1');
      const [from, to] = [startsMs, endsMs].map((ms) => instantOf(ms).slice(11, 19));
      return `${name(occurrence.id)} ${verdict} ${from}-${to} ${name(because)}`;
    });
}

const sounding = (id: string, time: string, seconds: number, more: Parameters<typeof entryOf>[2] = {}) =>
  entryOf(id, `2026-11-13T${time}`, { announcement: soundFor(seconds * 1_000), ...more });

it('an occurrence is called by the wall clock at which it starts', () => {
  const seconds = { min: Date.UTC(2000, 0, 1) / 1_000, max: Date.UTC(2200, 0, 1) / 1_000 - 1 };
  fc.assert(
    fc.property(fc.integer(seconds), (second) => {
      const local = new Date(second * 1_000).toISOString().slice(0, 19);
      const startMs = epochMsOfLocal(local);
      const entry = { ...entryOf('news', local), starts: local };
      const programme = { ...programmeOf('43', [entry]), valid_until: instantOf(startMs + 1_000) };
      const [due] = occurrencesOf([programme], startMs, startMs + 1);
      expect(due?.id).toBe(`43/news/${local.replace(/[-:]/g, '')}`);
    }),
  );
});

describe('how long an announcement is', () => {
  it('on the tower: the chime once, each time, and the gaps between', () => {
    const said: Announcement = {
      ...announcement,
      tower: {
        chime: 'attention',
        parts: [
          { type: 'media', sha256: 'a'.repeat(64), bytes: 1, ms: 10_000 },
          { type: 'pause', ms: 500 },
        ],
        times: 3,
        gap_ms: 2_000,
      },
    };
    expect(durationMsOf(said, 'tower')).toBe(2_600 + 3 * 10_500 + 2 * 2_000);
  });

  it('a chime alone is no longer for being said twice', () => {
    expect(
      durationMsOf(
        { ...announcement, tower: { chime: 'ding', parts: [], times: 2, gap_ms: 2_000 } },
        'tower',
      ),
    ).toBe(1_400);
  });

  it('on the panel: the pages, each time', () => {
    const pages = [
      { text: 'ก', seconds: 8 },
      { text: 'ข', seconds: 12 },
    ];
    expect(durationMsOf({ ...announcement, panel: { pages, times: 3 } }, 'panel')).toBe(60_000);
  });

  it('nothing where nothing is said', () => {
    expect(durationMsOf(soundFor(1_000), 'panel')).toBe(0);
  });
});

describe('what is due', () => {
  it('has a name that both sides compute, its latest start and its ends', () => {
    const [due] = occurrencesOf([programmeOf('43', [entryOf('news', '2026-11-13T06:30:00')])], ...DAY);
    expect(due).toMatchObject({
      id: '43/news/20261113T063000',
      area: '43',
      startMs: at('06:30:00'),
      latestStartMs: at('06:31:00'),
      endsMs: { tower: at('06:30:00') + 11_400, panel: at('06:30:10') },
    });
  });

  it('once, without a rule, and not where it is left out', () => {
    const once = entryOf('once', '2026-11-13T06:30:00');
    expect(dueOn([programmeOf('43', [once])])).toHaveLength(1);
    expect(dueOn([programmeOf('43', [{ ...once, except: ['2026-11-13T06:30:00'] }])])).toEqual([]);
    expect(dueOn([programmeOf('43', [once])], [at('06:30:00') + 1, at('07:00:00')])).toEqual([]);
    expect(dueOn([programmeOf('43', [once])], [at('06:00:00'), at('06:30:00')])).toEqual([]);
  });

  it('of every area, in order of time, band, width of area, name', () => {
    const daily = { rule: 'FREQ=DAILY' };
    const village = programmeOf('43010102', [
      entryOf('c', '2026-11-13T08:00:00', daily),
      entryOf('a', '2026-11-13T07:00:00', daily),
    ]);
    const nation = programmeOf('th', [
      entryOf('z', '2026-11-13T08:00:00', daily),
      entryOf('anthem', '2026-11-13T08:00:00', { ...daily, band: 80 }),
    ]);
    expect(dueOn([village, nation]).map((id) => id.split('/').slice(0, 2).join('/'))).toEqual([
      '43010102/a',
      'th/anthem',
      'th/z',
      '43010102/c',
    ]);
  });

  it('of the highest version of an area only, be it empty', () => {
    const [old, next] = [
      programmeOf('43', [entryOf('a', '2026-11-13T07:00:00')], { version: 1 }),
      programmeOf('43', [], { version: 2 }),
    ];
    expect(newestOfEachArea([next, old])).toEqual([next]);
    expect(dueOn([old, next])).toEqual([]);
  });

  it('not after the programme has run out; the version before does not come back', () => {
    const valid_until = '2026-11-13T07:30:00.000+07:00';
    const entries = [entryOf('a', '2026-11-13T07:00:00'), entryOf('b', '2026-11-13T08:00:00')];
    const old = programmeOf('43', entries);
    expect(dueOn([old, programmeOf('43', entries, { version: 2, valid_until })])).toEqual([
      '43/a/20261113T070000',
    ]);
  });

  it('a ceremony is skipped after 2 s, whatever grace it was given', () => {
    const anthem = entryOf('anthem', '2026-11-13T08:00:00', { band: 80, grace_s: 600 });
    expect(occurrencesOf([programmeOf('th', [anthem])], ...DAY)[0]?.latestStartMs).toBe(at('08:00:02'));
  });

  it('on an output that the entry does not name it takes no time', () => {
    const entry = entryOf('a', '2026-11-13T08:00:00', { outputs: ['panel'] });
    const [due] = occurrencesOf([programmeOf('43', [entry])], ...DAY);
    expect(due?.endsMs.tower).toBe(due?.startMs);
    expect(resolve(due === undefined ? [] : [due]).map(({ output }) => output)).toEqual(['panel']);
  });
});

describe('who wins', () => {
  it('alone, it plays', () => {
    expect(story([programmeOf('43', [sounding('a', '08:00:00', 20)])])).toEqual([
      'a plays 08:00:00-08:00:20 due',
    ]);
  });

  it('within a band the earlier goes first, the later waits', () => {
    const entries = [sounding('a', '08:00:00', 20), sounding('b', '08:00:10', 20)];
    expect(story([programmeOf('43', entries)])).toEqual([
      'a plays 08:00:00-08:00:20 due',
      'b waits 08:00:20-08:00:40 after a',
    ]);
  });

  it('back to back nobody waits', () => {
    const entries = [sounding('a', '08:00:00', 20), sounding('b', '08:00:20', 20)];
    expect(story([programmeOf('43', entries)])).toEqual([
      'a plays 08:00:00-08:00:20 due',
      'b plays 08:00:20-08:00:40 due',
    ]);
  });

  it('who waits longer than its grace loses; to the second it does not', () => {
    const entries = [
      sounding('a', '08:00:00', 40),
      sounding('b', '08:00:10', 5, { grace_s: 30 }),
      sounding('c', '08:00:11', 5, { grace_s: 33 }),
    ];
    expect(story([programmeOf('43', entries)])).toEqual([
      'a plays 08:00:00-08:00:40 due',
      'c loses 08:00:11-08:00:11 expired-behind b',
      'b waits 08:00:40-08:00:45 after a',
    ]);
  });

  it('the anthem cuts in, and the news goes on', () => {
    const entries = [sounding('news', '07:59:50', 60), sounding('anthem', '08:00:00', 75, { band: 80 })];
    expect(story([programmeOf('43', entries)])).toEqual([
      'news cut 07:59:50-08:02:05 resumes-after anthem',
      'anthem plays 08:00:00-08:01:15 over news',
    ]);
  });

  it('who gives up when cut does not come back', () => {
    const entries = [
      sounding('news', '07:59:50', 60, { when_cut: 'give-up' }),
      sounding('anthem', '08:00:00', 75, { band: 80 }),
    ];
    expect(story([programmeOf('43', entries)])[0]).toBe('news cut 07:59:50-08:00:00 gives-up-for anthem');
  });

  it('who was cut for longer than a quarter of an hour does not come back', () => {
    const entries = [sounding('news', '07:59:50', 60), sounding('speech', '08:00:00', 1_000, { band: 80 })];
    expect(story([programmeOf('43', entries)])[0]).toBe('news cut 07:59:50-08:00:00 gives-up-for speech');
  });

  it('an interrupt is interrupted, and each goes on in its turn', () => {
    const entries = [
      sounding('filler', '08:00:00', 30, { band: 20 }),
      sounding('news', '08:00:10', 30),
      sounding('anthem', '08:00:20', 30, { band: 80 }),
    ];
    expect(story([programmeOf('43', entries)])).toEqual([
      'filler cut 08:00:00-08:01:30 resumes-after news',
      'news cut 08:00:10-08:01:10 resumes-after anthem',
      'anthem plays 08:00:20-08:00:50 over news',
    ]);
  });

  it('of those that wait the higher band goes first', () => {
    const entries = [
      sounding('anthem', '08:00:00', 30, { band: 80 }),
      sounding('filler', '08:00:01', 5, { band: 20 }),
      sounding('news', '08:00:02', 5),
    ];
    expect(story([programmeOf('43', entries)])).toEqual([
      'anthem plays 08:00:00-08:00:30 due',
      'news waits 08:00:30-08:00:35 after anthem',
      'filler waits 08:00:35-08:00:40 after anthem',
    ]);
  });

  it('the sign is judged apart from the tower', () => {
    const sign = entryOf('sign', '2026-11-13T08:00:00', { outputs: ['panel'] });
    const anthem = sounding('anthem', '08:00:00', 75, { band: 80 });
    const verdicts = resolve(occurrencesOf([programmeOf('43', [sign, anthem])], ...DAY));
    expect(verdicts.map(({ output, verdict }) => [output, verdict])).toEqual([
      ['tower', 'plays'],
      ['panel', 'plays'],
    ]);
  });
});
