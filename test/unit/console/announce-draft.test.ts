import { describe, expect, it } from 'vitest';
import { PushRequest } from '../../../firmware-protocol/mqtt/push-request.ts';
import {
  type AnnounceDraft,
  EMPTY,
  lacksOf,
  pushOf,
  shownOf,
  startOf,
} from '../../../server/console/push/announce-draft.ts';

/** 13 November 2026, 18:00 in Thailand. */
const NOW = Date.parse('2026-11-13T18:00:00+07:00');
const SOUND = { sha256: 'a'.repeat(64), ms: 4_200, title: 'เสียงประกาศ' };
const draft = (part: Partial<AnnounceDraft>): AnnounceDraft => ({ ...EMPTY, to: ['4301'], ...part });

describe('an announcement that is being written', () => {
  it.each([
    ['nothing at all', {}, ['content']],
    ['no area', { to: [], text: 'ก' }, ['to']],
    ['words alone', { text: 'ก' }, []],
    ['sound alone', { sounds: [SOUND] }, []],
    ['blanks for words', { text: '  \n' }, ['content']],
    ['no way out', { text: 'ก', outputs: [] }, ['outputs']],
    ['sound for signs alone', { sounds: [SOUND], outputs: ['panel'] }, ['outputs']],
    ['words for towers alone', { text: 'ก', outputs: ['tower'] }, ['outputs']],
  ] as [string, Partial<AnnounceDraft>, string[]][])('with %s lacks what it lacks', (_what, part, lacks) => {
    expect(lacksOf(draft(part))).toEqual(lacks);
    expect(pushOf(draft(part), NOW) === undefined).toBe(lacks.length > 0);
  });

  it('becomes a push that the server reads', () => {
    const push = pushOf(
      draft({ title: ' ประชุม ', text: ' เก้าโมง ', hotline: '1784', sounds: [SOUND], times: 2, at: '18:30' }),
      NOW,
    );
    expect(push).toEqual({
      to: ['4301'],
      ...{ title: 'ประชุม', text: 'เก้าโมง', hotline: '1784' },
      ...{ media: [SOUND.sha256], chime: 'attention', times: 2, outputs: ['tower', 'panel'] },
      ...{ start_at: '2026-11-13T18:30:00.000+07:00', expires_in_s: 900 },
    });
    expect(PushRequest.safeParse(push).success).toBe(true);
  });

  it('without words has nothing that stands beside them', () => {
    const picture = { sha256: 'c'.repeat(64), title: 'ภาพ' };
    const beside = draft({ hotline: '1784', qr: 'tel:1784', picture, sounds: [SOUND] });
    expect(PushRequest.safeParse(pushOf(beside, NOW)).success).toBe(true);
    expect(pushOf(beside, NOW)).not.toHaveProperty('qr');
    expect(pushOf({ ...beside, text: 'ก' }, NOW)).toMatchObject({ qr: 'tel:1784', picture: picture.sha256 });
  });

  it('is shown on signs only where signs are to show it', () => {
    expect(shownOf(draft({ text: 'ก' }))).toEqual({ text: 'ก', to: ['4301'] });
    expect(shownOf(draft({ text: 'ก', outputs: ['tower'] }))).toBeUndefined();
    expect(shownOf(draft({}))).toBeUndefined();
  });
});

describe('the time at which it begins', () => {
  it.each([
    ['later today', '18:01', '2026-11-13T18:01:00+07:00'],
    ['tomorrow, where it has passed', '17:59', '2026-11-14T17:59:00+07:00'],
    ['tomorrow, where it is now', '18:00', '2026-11-14T18:00:00+07:00'],
    ['after midnight', '00:05', '2026-11-14T00:05:00+07:00'],
  ])('is %s', (_what, at, then) => {
    expect(startOf(at, NOW)).toBe(Date.parse(then));
  });

  it('is now, where none was given, and right also in the first hours of a day, which is another day in London', () => {
    expect(startOf('', NOW)).toBeUndefined();
    const early = Date.parse('2026-11-14T03:00:00+07:00');
    expect(startOf('06:30', early)).toBe(Date.parse('2026-11-14T06:30:00+07:00'));
  });
});
