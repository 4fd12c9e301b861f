import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DeviceConfig } from '../../../device/config.ts';
import { loadIdentity } from '../../../device/drivers/identity-file.ts';
import { isDeviceError } from '../../../device/errors.ts';
import { forbidden } from '../../cli/named-files.ts';
import { Failed } from '../../cli.ts';
import { readHallConfig } from '../../operator/hall-config.ts';
import { LocalAgent } from '../local-agent.ts';
import { boxChecks } from './box-checks.ts';
import type { Room } from './rooms.ts';
import type { Person, Visit } from './visit.ts';

export interface VisitOptions {
  configPath: string;
  rooms: readonly Room[];
  person: Person | undefined;
  loud: boolean;
  interrupted: AbortSignal;
}

/** Three round trips of the slowest line that is of use. */
const ANSWER_MS = 10_000;
/** A slow box needs so long from its start to its first answer. */
const START_MS = 30_000;
const LOOK_MS = 250;

/** Who this hall is, and whether its agent runs. Rejects with Failed where the configuration cannot be read. */
export async function beginVisit({ configPath, ...options }: VisitOptions): Promise<Visit> {
  const config = await readHallConfig(configPath);
  const agent = new LocalAgent(config.data);
  const identity = await identityOf(config);
  const running = await runningOf(agent);
  return {
    ...{ ...options, ...identity, ...running, config, agent },
    answerMs: ANSWER_MS,
    checks: boxChecks(agent, config.data, running.running),
  };
}

async function identityOf({ data }: DeviceConfig): Promise<Pick<Visit, 'identity' | 'identityTrouble'>> {
  const path = join(data, 'identity.json');
  try {
    return { identity: await loadIdentity(path), identityTrouble: undefined };
  } catch (error) {
    const cause = isDeviceError(error) ? error.cause : undefined;
    if (cause instanceof Error && 'code' in cause && cause.code === 'EACCES') throw forbidden(path, cause);
    const why = isDeviceError(error) ? error.context.why : String(error);
    return { identity: undefined, identityTrouble: String(why) };
  }
}

/** One that is starting up is waited for: its hardware must not be taken from under it. */
async function runningOf(agent: LocalAgent): Promise<Pick<Visit, 'running' | 'stuck'>> {
  for (let waited = 0; ; waited += LOOK_MS)
    try {
      return {
        running: { state: await agent.ask('state', {}), link: await agent.ask('link', {}) },
        stuck: false,
      };
    } catch (error) {
      const code = error instanceof Failed ? error.code : undefined;
      if (code === 'agent-away') return { running: undefined, stuck: false };
      if (code === 'agent-forbidden') throw error;
      if (code !== 'not-up' || waited >= START_MS) return { running: undefined, stuck: true };
      await wait(LOOK_MS);
    }
}
