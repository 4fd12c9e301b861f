import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type DeviceConfig, loadConfig } from '../../../device/config.ts';
import { loadIdentity } from '../../../device/drivers/identity-file.ts';
import { isDeviceError } from '../../../device/errors.ts';
import { Failed } from '../../cli.ts';
import { deviceFailure } from '../../operator/device-failure.ts';
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
  const config = await loadConfig(configPath).catch((error: unknown) => {
    throw unreadable(configPath, error) ?? deviceFailure(error);
  });
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
    const refused = unreadable(path, error);
    if (refused?.code === 'forbidden') throw refused;
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

/** What stands in the way of a file, in the words of who has to do something about it; undefined = the file itself is wrong. */
function unreadable(path: string, error: unknown): Failed | undefined {
  const cause = isDeviceError(error) ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EACCES')
    return new Failed(
      { en: `${path} may be read by its owner only: use sudo`, th: `ไฟล์ ${path} อ่านได้เฉพาะเจ้าของ ให้ใช้ sudo` },
      { code: 'forbidden', cause },
    );
  if (code !== 'ENOENT') return undefined;
  return new Failed(
    {
      en: `there is no ${path}: name the configuration with --config; a new box is set up with prakat device setup`,
      th: `ไม่มีไฟล์ ${path} ให้ระบุด้วย --config กล่องใหม่ให้ใช้ prakat device setup`,
    },
    { code: 'no-file', cause },
  );
}
