import { describe, expect, it } from 'vitest';
import { DeviceConfig } from '../../../device/config.ts';
import type { Tested } from '../../../firmware-protocol/local/verbs.ts';
import type { InputLevel } from '../../../firmware-protocol/mqtt/messages.ts';
import { Failed } from '../../../scripts/cli.ts';
import type { Finding } from '../../../scripts/technician/diagnose/finding.ts';
import { lookAtAmplifier } from '../../../scripts/technician/diagnose/looks/amplifier-look.ts';
import { ROOMS } from '../../../scripts/technician/diagnose/rooms.ts';
import { notDone } from '../../../scripts/technician/diagnose/test-verdict.ts';
import type { Tester } from '../../../scripts/technician/diagnose/tester.ts';
import type { Person, Visit } from '../../../scripts/technician/diagnose/visit.ts';
import { WALKS, walk } from '../../../scripts/technician/diagnose/walk.ts';
import { walkInputs } from '../../../scripts/technician/diagnose/walks/inputs-walk.ts';
import { walkSign } from '../../../scripts/technician/diagnose/walks/sign-walk.ts';
import { walkSound } from '../../../scripts/technician/diagnose/walks/sound-walk.ts';
import { LocalAgent } from '../../../scripts/technician/local-agent.ts';

/** What the steps make of a test and of what the person says to it. */
const tower = { frames: 67_200, rate_hz: 48_000, peak_cdbfs: -800, ms: 1_400, sink: 'alsa' } as const;
const heardOf = (amplifier: 'on' | 'not-known' | 'failed'): Tested => ({
  ...{ play: 'local/test/1', outcome: 'finished', tower: { ...tower, amplifier } },
});
const refused = (reason: string, outcome: Tested['outcome'] = 'rejected'): Tested => ({
  ...{ play: 'local/test/1', outcome, reason },
});
const shown: Tested = {
  ...{ play: 'local/test/1', outcome: 'finished' },
  panel: { pages: 1, crc: '038bbf31', board_crc: '038bbf31', ms: 8_000 },
};

function tester(does: Partial<Tester> = {}): Tester & { tones: number[] } {
  const tones: number[] = [];
  return {
    tones,
    tone: async (level) => {
      tones.push(level);
      return heardOf('on');
    },
    hasSound: async () => true,
    amplifier: async () => heardOf('on'),
    sign: async () => shown,
    lamps: async () => shown,
    inputs: async () => [],
    ...does,
  };
}

/** Answers in turn; `bars` is what moved before his eyes. */
function person(...answers: (boolean | undefined)[]): Person & { bars: number[] } {
  const bars: number[] = [];
  return {
    bars,
    confirm: async () => answers.shift(),
    attention: () => {},
    bar: (_what, share) => void bars.push(share),
  };
}

function visit(somebody: Person | undefined, config: Record<string, unknown> = { tower: {} }): Visit {
  return {
    config: DeviceConfig.parse({ data: '/nonexistent', ...config }),
    ...{ identity: undefined, identityTrouble: undefined, stuck: false, running: undefined },
    ...{ rooms: ROOMS, checks: async () => [] },
    ...{ agent: new LocalAgent('/nonexistent'), person: somebody, loud: false, answerMs: 100 },
    interrupted: new AbortController().signal,
  };
}

async function told(walk: AsyncGenerator<Finding>): Promise<Record<string, string>> {
  const results: Record<string, string> = {};
  for await (const { step, result } of walk) results[step] = result;
  return results;
}

it('what the agent says in English is not said behind the Thai words for it; what a program says is', async () => {
  const said = async (detail: string) => {
    const tested = { ...refused('amplifier-failed'), detail };
    return (await lookAtAmplifier(visit(undefined), tester({ amplifier: async () => tested }))).figure?.th;
  };
  expect(await said('amplifier-failed: the amplifier did not answer')).toBe('เครื่องขยายเสียงไม่ตอบ');
  expect(await said('gpioset: line GPIO17 is busy')).toContain('GPIO17 is busy');
});

it.each(['panel-refused', 'panel-silent', 'player-hung', 'panel-gone', 'of-next-year'])(
  'a test that failed with %s says why and what to do, in both languages',
  (reason) => {
    const { result, cause, remedy } = notDone('sign', refused(reason));
    expect(result).toBe('fail');
    for (const words of [cause, remedy]) expect(words?.th).toMatch(/[ก-๙]/);
  },
);

it('a page that was read back wrong is not called a sign of another size', () => {
  const detail = 'panel-refused: the sign refused the page {"crc":"038bbf31","boardCrc":"00000000"}';
  expect(notDone('sign', { ...refused('panel-refused'), detail }).cause?.en).toContain('disturbance');
});

describe('sound', () => {
  it('that another program plays is no missing card, and is not mended by plugging it in again', async () => {
    const busy = {
      ...refused('no-sound-device'),
      detail:
        'no-sound-device: there is no sound device {"code":1,"said":"audio open error: Device or resource busy"}',
    };
    const hall = tester({ tone: async () => busy });
    const findings: Finding[] = [];
    for await (const finding of walkSound(visit(undefined), hall)) findings.push(finding);
    expect(findings[0]).toMatchObject({
      ...{ step: 'sound-card', result: 'fail', figure: { en: expect.stringContaining('resource busy') } },
      remedy: { en: expect.stringContaining('end that program'), th: expect.stringContaining('ปิดโปรแกรมนั้น') },
    });
  });

  it('is good where somebody heard it both times', async () => {
    const hall = tester();
    expect(await told(walkSound(visit(person(true, true, true)), hall))).toEqual({
      ...{ 'sound-card': 'ok', 'sound-quiet': 'ok', 'sound-full': 'ok' },
    });
    expect(hall.tones).toEqual([1, 100]);
  });

  it('is never loud where nobody said yes', async () => {
    for (const somebody of [undefined, person(true, false), person(false, undefined)]) {
      const hall = tester();
      expect(await told(walkSound(visit(somebody), hall))).toMatchObject({ 'sound-full': 'skipped' });
      expect(hall.tones).toEqual([1]);
    }
  });

  it.each([
    ['says so once more', [true, true, true, true], 'ok', [1, 100, '100 at night']],
    ['does not', [true, true, false], 'not-known', [1, 100]],
    ['is asked and says nothing', [true, true, undefined], 'not-known', [1, 100]],
  ])('in the quiet hours is loud only where the person %s', async (_name, answers, full, tones) => {
    const asked: (number | string)[] = [];
    const tone: Tester['tone'] = async (level, atNight) => {
      asked.push(atNight ? `${level} at night` : level);
      return level === 1 || atNight ? heardOf('on') : refused('quiet-hours');
    };
    const findings = await told(walkSound(visit(person(...answers)), tester({ tone })));
    expect({ full: findings['sound-full'], asked }).toEqual({ full, asked: tones });
  });

  it('in the quiet hours is not loud for an order of loudness without a person', async () => {
    const asked: (boolean | undefined)[] = [];
    const tone: Tester['tone'] = async (level, atNight) => {
      asked.push(atNight);
      return level === 1 ? heardOf('on') : refused('quiet-hours');
    };
    const findings = await told(walkSound({ ...visit(undefined), loud: true }, tester({ tone })));
    expect(findings).toMatchObject({ 'sound-full': 'not-known' });
    expect(asked).toEqual([undefined, undefined]);
  });

  it('that the card took and nobody heard is a fault, and says where to look', async () => {
    const findings: Finding[] = [];
    for await (const finding of walkSound(visit(person(false, false)), tester())) findings.push(finding);
    const quiet = findings.find(({ step }) => step === 'sound-quiet');
    expect(quiet).toMatchObject({ result: 'fail', remedy: { th: expect.stringContaining('หูฟัง') } });
  });

  it.each([
    ['no-sound-device', 'fail'],
    ['amplifier-failed', 'not-known'],
    ['quiet-hours', 'not-known'],
    ['busy', 'not-known'],
    ['amplifier-rest', 'not-known'],
    // The card is full, and nobody shall buy a sound card for that.
    ['store-full', 'not-known'],
  ])('that the hall refused with %s is %s', async (reason, result) => {
    const hall = tester({ tone: async () => refused(reason) });
    expect(await told(walkSound(visit(person()), hall))).toMatchObject({ 'sound-card': result });
  });

  it('something more important on air is no fault of the card', async () => {
    const hall = tester({ tone: async () => refused('late', 'expired') });
    expect(await told(walkSound(visit(person()), hall))).toMatchObject({ 'sound-card': 'not-known' });
  });

  it('a hall without a tower has none', async () => {
    expect(await told(walkSound(visit(person(), {}), tester()))).toEqual({ 'sound-card': 'skipped' });
  });
});

describe('the amplifier', () => {
  it.each([
    [heardOf('on'), undefined, 'ok'],
    [heardOf('not-known'), undefined, 'not-known'],
    [heardOf('not-known'), true, 'ok'],
    [heardOf('on'), false, 'fail'],
    [heardOf('failed'), undefined, 'fail'],
    [refused('amplifier-failed'), undefined, 'fail'],
    [refused('no-sound-device'), undefined, 'skipped'],
  ])('%j and the person says %s: %s', async (tested, answer, result) => {
    const hall = tester({ amplifier: async () => tested });
    expect((await lookAtAmplifier(visit(person(answer)), hall)).result).toBe(result);
  });

  it('without a sound card is not announced, for it is not switched on', async () => {
    const announced: string[] = [];
    const somebody = { ...person(), attention: ({ en }: { en: string }) => void announced.push(en) };
    const hall = tester({ hasSound: async () => false });
    expect((await lookAtAmplifier(visit(somebody), hall)).result).toBe('skipped');
    expect(announced).toEqual([]);
    expect((await lookAtAmplifier(visit(somebody), tester())).result).not.toBe('skipped');
    expect(announced).toEqual([expect.stringContaining('three seconds')]);
  });

  it('its current stands in the result', async () => {
    const current_ma = { min: 400, median: 620, max: 900, readings: 12 };
    const tested = { ...heardOf('on'), tower: { ...tower, amplifier: 'on' as const, current_ma } };
    const finding = await lookAtAmplifier(visit(undefined), tester({ amplifier: async () => tested }));
    expect(finding.figure?.th).toContain('0.62 A');
  });
});

describe('the sign', () => {
  const config = { sign: { type: 'png', folder: '/x', size: { width: 64, height: 32 } } };
  it.each([
    [[true, true, true], { sign: 'ok', 'sign-lamps': 'ok' }],
    [[true, true, false], { sign: 'ok', 'sign-lamps': 'warn' }],
    [[true, false], { sign: 'ok', 'sign-lamps': 'skipped' }],
    [[false], { sign: 'fail', 'sign-lamps': 'skipped' }],
  ])('the person says %j: %j', async (answers, expected) => {
    expect(await told(walkSign(visit(person(...answers), config), tester()))).toEqual(expected);
  });

  it('what the board read back is known without anybody; the colours are not shown for nobody', async () => {
    expect(await told(walkSign(visit(undefined, config), tester()))).toEqual({
      sign: 'ok',
      'sign-lamps': 'skipped',
    });
    const blind = { ...shown, panel: { pages: 1, crc: '038bbf31', ms: 1 } };
    const hall = tester({ sign: async () => blind });
    expect(await told(walkSign(visit(undefined, config), hall))).toMatchObject({ sign: 'not-known' });
  });

  it('an agent that cannot do it is told, and ends nothing', async () => {
    const older = tester({
      sign: async () => {
        throw new Failed({ en: 'not known', th: 'ไม่รู้จัก' }, { code: 'unknown-request' });
      },
    });
    expect(await told(walkSign(visit(undefined, config), older))).toMatchObject({ sign: 'fail' });
  });
});

describe('receiver and microphone', () => {
  const times = { listenMs: 20, lookMs: 5 };
  const level = (peak_cdbfs: number): InputLevel => ({ name: 'relay', there: true, open: true, peak_cdbfs });

  it('somebody speaks: the bar moves, and it is heard', async () => {
    const peaks = [-6_000, -5_500, -1_200, -3_000, -5_800];
    const hall = tester({ inputs: async () => [level(peaks.shift() ?? -6_000)] });
    const somebody = person(true);
    expect(await told(walkInputs(visit(somebody), hall, times))).toEqual({ inputs: 'ok' });
    expect(somebody.bars).toHaveLength(4);
    expect(Math.max(...somebody.bars)).toBeCloseTo(0.8);
  });

  it('silence while somebody spoke is a fault, and not known where nobody did', async () => {
    const hall = tester({ inputs: async () => [level(-5_900)] });
    expect(await told(walkInputs(visit(person(true)), hall, times))).toEqual({ inputs: 'fail' });
    expect(await told(walkInputs(visit(undefined), hall, times))).toEqual({ inputs: 'not-known' });
  });

  it('one whose card is out is told', async () => {
    const hall = tester({ inputs: async () => [{ name: 'relay', there: false, open: false }] });
    expect(await told(walkInputs(visit(person()), hall, times))).toEqual({ inputs: 'fail' });
  });
});

it('beside an agent that is stuck nothing sounds or shows, and it is said that it was not tried', async () => {
  const hall = tester();
  const there = { ...visit(undefined), stuck: true, rooms: ['sound', 'sign'] as const };
  expect(await told(walk(there.rooms, there, hall))).toEqual({ 'sound-card': 'skipped', sign: 'skipped' });
  expect(hall.tones).toEqual([]);
});

it('a room in which the check itself fails costs that room and not the visit', async () => {
  const fine = async function* (): AsyncGenerator<Finding> {
    yield { step: 'sign', result: 'ok' };
  };
  const broken = async function* (): AsyncGenerator<Finding> {
    yield { step: 'agent', result: 'ok' };
    throw new Error('the agent ended');
  };
  const rooms = { ...WALKS, agent: broken, clock: broken, sign: fine };
  const findings: Finding[] = [];
  for await (const finding of walk(['agent', 'clock', 'sign'], visit(undefined), tester(), rooms))
    findings.push(finding);
  expect(findings.map(({ step, result }) => `${step} ${result}`)).toEqual([
    ...['agent ok', 'agent not-known', 'agent ok', 'clock not-known', 'sign ok'],
  ]);
  expect(findings[1]?.cause?.en).toContain('the agent ended');
});
