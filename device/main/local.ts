import { join } from 'node:path';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import { CONTROL_SOCKET } from '../../firmware-protocol/local/control-socket.ts';
import type { Agent } from '../agent.ts';
import type { DeviceConfig } from '../config.ts';
import { openLocalDoorWhenever } from '../drivers/local/local-door.ts';
import type { LocalAnswerer, LocalDoor, OpenDoor } from '../drivers/local/local-http.ts';
import { systemClock } from '../drivers/machine/system-clock.ts';
import type { Identity } from '../identity.ts';
import type { LineRing } from '../local/line-ring.ts';
import type { LocalKit } from '../local/local-verbs.ts';
import { PageTokens } from '../local/page-token.ts';
import type { Log } from '../ports.ts';

export interface LocalParts {
  config: DeviceConfig;
  identity: Identity;
  agent: Agent;
  lines: LineRing;
  log: Log;
}

/**
 * What the box answers at the hall itself; resolves to the way to close it. A door that cannot be opened is logged and tried
 * again: the hall speaks and reports without it.
 */
export async function openLocal(parts: LocalParts): Promise<() => Promise<void>> {
  const { config, identity, agent, lines, log } = parts;
  const tokens = new PageTokens(identity.seed);
  const { page } = config.local;
  const open = (where: LocalDoor, answer: LocalAnswerer): Promise<OpenDoor> =>
    openLocalDoorWhenever(where, answer, { clock: systemClock, log });
  const pageDoor =
    page && (await open({ address: page.listen, port: page.port }, pageAnswerer(parts, tokens)));
  const kit: LocalKit = {
    hall: () => agent.local(),
    logLines: () => lines.lines(),
    pageLink() {
      const now = agent.local()?.clock.wall();
      if (page === undefined || pageDoor?.port === undefined || now === undefined) return undefined;
      const { token, expires } = tokens.make(now, page.link_days);
      const host = page.listen.includes(':') ? `[${page.listen}]` : page.listen;
      return { url: `http://${host}:${pageDoor.port}/${token}`, expires: instantOf(expires) };
    },
  };
  const control = await open({ socket: join(config.data, CONTROL_SOCKET) }, controlAnswerer(kit, log));
  return async () => {
    await Promise.all([control.close(), pageDoor?.close()]);
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

/** `GET /<token>`; the page is loaded with the first visitor. */
function pageAnswerer({ agent, config }: LocalParts, tokens: PageTokens): LocalAnswerer {
  let desk: Promise<import('../local/page-desk.ts').PageDesk> | undefined;
  return async (request) => {
    desk ??= import('../local/page-desk.ts').then(
      ({ PageDesk }) =>
        new PageDesk({ hall: () => agent.local(), tokens, place: config.place, clock: systemClock }),
    );
    return await (await desk).answer(request);
  };
}
