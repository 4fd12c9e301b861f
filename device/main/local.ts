import { join } from 'node:path';
import { CONTROL_SOCKET } from '../../firmware-protocol/local/verbs.ts';
import type { Agent } from '../agent.ts';
import type { DeviceConfig } from '../config.ts';
import { type LocalAnswerer, type OpenDoor, openLocalDoor } from '../drivers/local-http.ts';
import type { LineRing } from '../local/line-ring.ts';
import type { LocalKit } from '../local/local-verbs.ts';
import type { Log } from '../ports.ts';

export interface LocalParts {
  config: DeviceConfig;
  agent: Agent;
  lines: LineRing;
  log: Log;
}

/**
 * What the box answers at the hall itself; resolves to the way to close it. A door that cannot be opened is logged: the hall
 * speaks and reports without it.
 */
export async function openLocal({ config, agent, lines, log }: LocalParts): Promise<() => Promise<void>> {
  const kit: LocalKit = {
    hall: () => agent.local(),
    logLines: () => lines.lines(),
    pageLink: () => undefined,
  };
  const doors: OpenDoor[] = [];
  const socket = join(config.data, CONTROL_SOCKET);
  await openLocalDoor({ socket }, controlAnswerer(kit, log), log).then(
    (door) => doors.push(door),
    (error: unknown) => log.error({ error, socket }, 'the control socket cannot be opened'),
  );
  return async () => {
    await Promise.all(doors.map((door) => door.close()));
  };
}

/** `POST /<verb>`; the desk is loaded with the first caller. */
function controlAnswerer(kit: LocalKit, log: Log): LocalAnswerer {
  let desk: Promise<import('../local/local-desk.ts').LocalDesk> | undefined;
  return async ({ path, body }) => {
    desk ??= import('../local/local-desk.ts').then(({ LocalDesk }) => new LocalDesk(kit, log));
    const answer = await (await desk).answer(path.slice(1), body);
    return {
      status: answer.status === 'ok' ? 200 : 400,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(answer),
    };
  };
}
