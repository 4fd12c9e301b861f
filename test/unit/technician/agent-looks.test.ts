import { describe, expect, it } from 'vitest';
import { DeviceConfig } from '../../../device/config.ts';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import { WARNINGS } from '../../../firmware-protocol/content/warnings/warning-catalogue.ts';
import type { LocalAnswerOf } from '../../../firmware-protocol/local/verbs.ts';
import { lookAtAgent } from '../../../scripts/technician/diagnose/looks/agent-look.ts';
import { lookAtClock } from '../../../scripts/technician/diagnose/looks/clock-look.ts';
import { ROOMS, type Room } from '../../../scripts/technician/diagnose/rooms.ts';
import type { ToldCheck, Visit } from '../../../scripts/technician/diagnose/visit.ts';
import { LocalAgent } from '../../../scripts/technician/local-agent.ts';

const IDENTITY = { device: 'hall-1', village: '43010102' } as Visit['identity'];
type State = LocalAnswerOf<'state'>['state'];

function visit({
  trust = 'server',
  offMs = 0,
  warnings = [],
}: {
  trust?: State['trust'];
  offMs?: number;
  warnings?: string[];
} = {}): Visit {
  const state: State = {
    ...{ boot: 3, version: '0.1.0', village: '43010102', trust, boot_nonce: 'x', keys: 1 },
    ...{ programmes: [], outputs: {}, warnings },
  };
  const at = instantOf(Date.now() - offMs);
  return {
    config: DeviceConfig.parse({ data: '/nonexistent' }),
    ...{ identity: undefined, identityTrouble: undefined, stuck: false, person: undefined, loud: false },
    ...{ agent: new LocalAgent('/nonexistent'), rooms: ROOMS, checks: async () => [] },
    running: {
      state: { device: 'hall-1', at, state },
      link: { broker: 'broker.go.th', connected: true, reports_waiting: 0 },
    },
    ...{ answerMs: 100, interrupted: new AbortController().signal },
  };
}

describe('the clock', () => {
  it.each([
    [{ trust: 'server' }, 'ok'],
    [{ trust: 'full' }, 'ok'],
    [{ trust: 'floor' }, 'fail'],
    [{ trust: 'none' }, 'fail'],
    [{ trust: 'server', offMs: 3_600_000 }, 'warn'],
    [{ trust: 'server', offMs: -600_000 }, 'warn'],
  ] as const)('%j is %s', async (how, result) => {
    const finding = await lookAtClock(visit(how));
    expect(finding.result).toBe(result);
    if (result !== 'ok') expect(finding.remedy?.th).toMatch(/NTP/);
  });

  it('that is off by years is told by its date, and not in seconds', async () => {
    const { figure } = await lookAtClock(visit({ offMs: Date.now() }));
    expect(figure?.en).toMatch(/the system is at \d+ \w+ 20\d\d/);
    expect(figure?.en).not.toContain(' s off');
  });

  it('without an agent somebody compares it with a telephone, or it is not known', async () => {
    const alone = { ...visit(), running: undefined };
    expect((await lookAtClock(alone)).result).toBe('not-known');
    const person = { attention: () => {}, bar: () => {} };
    const says = (answer: boolean) => ({ ...alone, person: { ...person, confirm: async () => answer } });
    expect((await lookAtClock(says(true))).result).toBe('ok');
    expect((await lookAtClock(says(false))).result).toBe('fail');
  });
});

it('how far a newer version is stands in words beside the version that runs', async () => {
  const there = visit();
  if (there.running === undefined) throw new Error('an agent runs');
  there.running.state.state.update = { version: '0.9.2', step: 'trial' };
  const first = await lookAtAgent({ ...there, identity: IDENTITY }).next();
  expect(first.value?.figure).toEqual({
    en: 'version 0.1.0, boot 3; 0.9.2 is on trial',
    th: 'รุ่น 0.1.0 เปิดครั้งที่ 3 · รุ่น 0.9.2 กำลังทดลองใช้',
  });
});

describe('what the agent warns of', () => {
  const hot: ToldCheck = {
    ...{ check: 'temperature', result: 'bad', figure: '83 °C', limit: '80 °C', warning: 207 },
    ...{ cause: { en: 'the fan', th: 'พัดลม' }, remedy: { en: 'clean it', th: 'ทำความสะอาด' } },
  };
  async function warnings(rooms: readonly Room[]): Promise<string[]> {
    const there = visit({ warnings: ['box-hot', 'panel-gone'] });
    const told = { ...there, rooms, identity: IDENTITY, checks: async () => [hot] };
    const findings: string[] = [];
    for await (const { step, figure } of lookAtAgent(told)) {
      if (step === 'programme') break;
      if (step === 'warnings') findings.push(figure?.en ?? '');
    }
    return findings;
  }

  async function findingOf(code: string, detail: string, checks: ToldCheck[]) {
    const there = visit({ warnings: [code] });
    const running = there.running && {
      ...there.running,
      state: { ...there.running.state, details: { [code]: detail } },
    };
    const told = { ...there, running, rooms: [], identity: IDENTITY, checks: async () => checks };
    for await (const finding of lookAtAgent(told)) if (finding.step === 'warnings') return finding;
    return undefined;
  }
  const figuresOf = async (...given: Parameters<typeof findingOf>) => (await findingOf(...given))?.figure;

  it('is said with its detail: what failed, in both languages, and not only that there is a detail', async () => {
    expect(await figuresOf('update-failed', '0.9.2: no-link', [])).toEqual({
      en: expect.stringMatching(/^801 .*: 0\.9\.2: it did not reach the server/),
      th: expect.stringMatching(/^801 .*: 0\.9\.2: ติดต่อเซิร์ฟเวอร์ไม่ได้/),
    });
    expect((await figuresOf('panel-modules', 'modules 3, from 0, row by row', []))?.th).toContain(
      'modules 3',
    );
  });

  it('of a check has the figure of this moment, in Thai too', async () => {
    const weak: ToldCheck = {
      ...hot,
      ...{ check: 'supply', figure: 'too weak now', figure_th: 'ตกอยู่ขณะนี้', limit: '-', warning: 208 },
    };
    expect(await figuresOf('under-voltage', 'supply: too weak now', [weak])).toEqual({
      en: expect.stringMatching(/^208 .*: too weak now$/),
      th: expect.stringMatching(/^208 .*: ตกอยู่ขณะนี้$/),
    });
  });

  it('that was mended a minute ago is not to be mended again', async () => {
    const cooled: ToldCheck = { ...hot, result: 'ok', figure: '50 °C', figure_th: '50 °C' };
    const detail = 'temperature: 83 °C';
    expect((await findingOf('box-hot', detail, [cooled]))?.remedy?.th).toMatch(/^ขณะนี้ปกติแล้ว/);
    expect((await findingOf('box-hot', detail, [hot]))?.remedy?.th).not.toContain('ขณะนี้ปกติแล้ว');
  });

  it('is said once: what a room of this visit shows with its figure is not in the list', async () => {
    expect(await warnings(['agent', 'power'])).toEqual([expect.stringMatching(/^501 /)]);
    expect(await warnings(['agent'])).toEqual([
      expect.stringMatching(/^207 /),
      expect.stringMatching(/^501 /),
    ]);
  });
});

it('every warning of the catalogue has a cause and a remedy to show, in Thai and English', () => {
  for (const { en, th } of Object.values(WARNINGS))
    for (const words of [en.cause, en.remedy, th.cause, th.remedy]) expect(words).not.toBe('');
});
