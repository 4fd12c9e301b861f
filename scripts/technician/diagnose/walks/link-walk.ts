import type { Identity } from '../../../../device/identity.ts';
import { lookAtChecks } from '../check-step.ts';
import { type Finding, found, type StepId, skippedFor } from '../finding.ts';
import { lookAtFiles } from '../looks/files-look.ts';
import { lookUp } from '../looks/name-look.ts';
import { openPort } from '../looks/port-look.ts';
import { lookAtPortal } from '../looks/portal-look.ts';
import { lookAtSession } from '../looks/session-look.ts';
import { lookAtTls } from '../looks/tls-look.ts';
import type { Visit } from '../visit.ts';
import { wayOut, wayTo } from '../way-out.ts';

/** In the order in which each needs the one before. */
const CONNECTION = ['port', 'tls', 'logon', 'subscribe', 'round-trip'] as const satisfies StepId[];
const BY_NAME = [...CONNECTION, 'files'] as const satisfies StepId[];
const LINE = ['name', 'route', 'signal', ...BY_NAME] as const satisfies StepId[];

/** The line to the broker, one step after the other; what cannot be tried any more is skipped, and says for what. */
export async function* walkLink(visit: Visit): AsyncGenerator<Finding> {
  const { identity } = visit;
  if (identity === undefined) {
    yield* LINE.map((step) => skippedFor(step, 'agent'));
    return;
  }
  const { protocol, hostname, port } = new URL(identity.broker);
  const host = hostname.replace(/^\[|\]$/g, '');
  const named = await lookUp(host);
  yield named.finding;
  const [first] = named.addresses;
  if (first === undefined) {
    // Where no network leads out no name is found either, and then it is the cable that has to be mended.
    yield await wayOut();
    yield await lookAtSignal(visit);
    yield* BY_NAME.map((step) => skippedFor(step, 'name'));
    return;
  }
  yield await wayTo(first);
  yield await lookAtSignal(visit);
  const secure = protocol === 'mqtts:';
  const target = { host, secure, addresses: named.addresses, port: Number(port) || (secure ? 8_883 : 1_883) };
  let isBroken = false;
  for await (const finding of walkConnection(visit, identity, target)) {
    isBroken ||= finding.result === 'fail';
    yield finding;
  }
  yield await lookAtFiles(visit, identity);
  if (isBroken) yield await lookAtPortal(host);
}

/** Modem and Wi-Fi; a cable has no signal. */
async function lookAtSignal(visit: Visit): Promise<Finding> {
  const finding = await lookAtChecks(visit, 'signal');
  if (finding.result !== 'not-known') return finding;
  return found('signal', 'skipped', {
    cause: { en: 'a cable, or a modem of its own', th: 'ใช้สาย หรือโมเด็มแยก' },
  });
}

interface Target {
  host: string;
  addresses: string[];
  port: number;
  /** Over TLS. */
  secure: boolean;
}

async function* walkConnection(visit: Visit, identity: Identity, target: Target): AsyncGenerator<Finding> {
  const { host, addresses, port, secure } = target;
  const opened = await openPort(addresses, port);
  yield opened.finding;
  if (opened.socket === undefined) {
    yield* CONNECTION.slice(1).map((step) => skippedFor(step, 'port'));
    return;
  }
  const place = { host, address: opened.address ?? host, port, secure };
  const secured = await lookAtTls(opened.socket, place, visit.config.ca);
  yield secured.finding;
  if (secured.socket === undefined) {
    opened.socket.destroy();
    yield* CONNECTION.slice(2).map((step) => skippedFor(step, 'tls'));
    return;
  }
  yield* lookAtSession(visit, identity, secured.socket);
}
