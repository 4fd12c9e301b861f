import { DeviceConfig } from '../../../device/config.ts';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import type { Identity } from '../../../device/identity.ts';
import { boxChecks } from '../../../scripts/technician/diagnose/box-checks.ts';
import type { Finding } from '../../../scripts/technician/diagnose/finding.ts';
import { ROOMS } from '../../../scripts/technician/diagnose/rooms.ts';
import type { Visit } from '../../../scripts/technician/diagnose/visit.ts';
import { LocalAgent } from '../../../scripts/technician/local-agent.ts';
import { SimServer } from '../../../scripts/virtual-world/sim-server.ts';

const NOBODY = '/nonexistent/prakat';

/** Who a hall is that was enrolled with that broker. */
export function identityWith(broker: string, more: Partial<Identity> = {}): Identity {
  const { keySet } = new SimServer(systemClock, { publish: () => {}, server: () => {} });
  return {
    ...{ format: 1, device: 'hall-1', village: '43010102', password: 'one-password', keys: keySet },
    ...{ broker, media: 'http://127.0.0.1:1/media', seed: 'A'.repeat(43) },
    ...more,
  };
}

/** A visit at a hall without a running agent, and with nobody to ask. */
export function visitWith(identity: Identity, config: Record<string, unknown> = {}): Visit {
  const read = DeviceConfig.parse({ data: NOBODY, ...config });
  const agent = new LocalAgent(NOBODY);
  return {
    ...{ config: read, agent, rooms: ROOMS, checks: boxChecks(agent, read.data, undefined) },
    ...{
      identity,
      identityTrouble: undefined,
      running: undefined,
      stuck: false,
      person: undefined,
      loud: false,
    },
    answerMs: 1_500,
    interrupted: new AbortController().signal,
  };
}

/** `name ok`, `port fail`, ... */
export function told(findings: Finding[]): string[] {
  return findings.map(({ step, result }) => `${step} ${result}`);
}

export async function all(walk: AsyncGenerator<Finding>): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const finding of walk) findings.push(finding);
  return findings;
}

/** What is wrong always says why and what to do, in both languages. */
export function unexplained(findings: Finding[]): Finding[] {
  return findings.filter(
    ({ result, cause, remedy }) =>
      (result === 'fail' || result === 'warn') &&
      [cause, remedy].some((words) => words === undefined || words.th === '' || !/[ก-๙]/.test(words.th)),
  );
}
