import { join } from 'node:path';
import type { Agent } from '../agent.ts';
import { httpEnrolment } from '../drivers/http-enrolment.ts';
import { enrolmentFile, saveIdentity } from '../drivers/identity-file.ts';
import { BegunAnew } from '../enrolment/begun-anew.ts';
import type { Log } from '../ports.ts';

/** What is on air is not cut for it; so often it is looked again. */
const LOOK_AGAIN_MS = 15_000;

/** To be told that the broker refused this hall. With another identity on the disk the agent ends in good order, to be started with it. */
export function renewalOf(data: string, log: Log, agent: () => Agent): () => void {
  const anew = new BegunAnew({
    file: enrolmentFile(data),
    door: httpEnrolment,
    keep: (identity) => saveIdentity(join(data, 'identity.json'), identity),
    kept: () => endWhenQuiet(agent()),
    log,
  });
  return () => void anew.refused();
}

async function endWhenQuiet(agent: Agent): Promise<void> {
  while ((await agent.busy()) !== undefined)
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS).unref());
  // The same way out as `systemctl stop`: the supervisor starts it again.
  process.kill(process.pid, 'SIGTERM');
}
