import { describe, expect, it } from 'vitest';
import { DeviceConfig } from '../../../device/config.ts';
import { WARNINGS } from '../../../device/health/warning-catalogue.ts';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import type { LocalAnswerOf } from '../../../firmware-protocol/local/verbs.ts';
import { lookAtReports } from '../../../scripts/technician/diagnose/agent-look.ts';
import { lookAtClock } from '../../../scripts/technician/diagnose/clock-look.ts';
import type { Visit } from '../../../scripts/technician/diagnose/visit.ts';
import { LocalAgent } from '../../../scripts/technician/local-agent.ts';

type State = LocalAnswerOf<'state'>['state'];

function visit({
  trust = 'server',
  offMs = 0,
  waiting = 0,
  connected = true,
}: {
  trust?: State['trust'];
  offMs?: number;
  waiting?: number;
  connected?: boolean;
} = {}): Visit {
  const state: State = {
    ...{ boot: 3, version: '0.1.0', village: '43010102', trust, boot_nonce: 'x', keys: 1 },
    ...{ programmes: [], outputs: {}, warnings: [] },
  };
  const at = instantOf(Date.now() - offMs);
  return {
    config: DeviceConfig.parse({ data: '/nonexistent' }),
    ...{ identity: undefined, identityTrouble: undefined, stuck: false, person: undefined, loud: false },
    agent: new LocalAgent('/nonexistent'),
    running: {
      state: { device: 'hall-1', at, state },
      link: { broker: 'broker.go.th', connected, reports_waiting: waiting },
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

  it('without an agent somebody compares it with a telephone, or it is not known', async () => {
    const alone = { ...visit(), running: undefined };
    expect((await lookAtClock(alone)).result).toBe('not-known');
    const person = { attention: () => {}, bar: () => {} };
    const says = (answer: boolean) => ({ ...alone, person: { ...person, confirm: async () => answer } });
    expect((await lookAtClock(says(true))).result).toBe('ok');
    expect((await lookAtClock(says(false))).result).toBe('fail');
  });
});

describe('reports that wait', () => {
  it('some are some hours without a line; many on a line that works are a fault of the other end', () => {
    expect(lookAtReports(visit({ waiting: 30, connected: false })).result).toBe('ok');
    expect(lookAtReports(visit({ waiting: 900, connected: false }))).toMatchObject({
      ...{ result: 'warn', remedy: { en: expect.stringContaining('by themselves') } },
    });
    expect(lookAtReports(visit({ waiting: 900 }))).toMatchObject({
      cause: { en: expect.stringContaining('server') },
    });
  });
});

it('every warning of the catalogue has a cause and a remedy to show, in Thai and English', () => {
  for (const { en, th } of Object.values(WARNINGS))
    for (const words of [en.cause, en.remedy, th.cause, th.remedy]) expect(words).not.toBe('');
});
