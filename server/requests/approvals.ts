import { deviceOf } from '../../firmware-protocol/content/area.ts';
import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import type {
  ApprovalsAnswer,
  ApprovalsRequest,
  ApproveAnswer,
  ApproveRequest,
  ProveAnswer,
  ProveRequest,
  RefuseAnswer,
  RefuseRequest,
} from '../../firmware-protocol/mqtt/people-requests.ts';
import type { Held } from '../approvals/held.ts';
import type { HeldOrder } from '../approvals/held-order.ts';
import { changeRows, contentOf, type HeldProgramme } from '../approvals/held-programme.ts';
import { PROOF_LIMITS } from '../approvals/proofs.ts';
import { targetsOf } from '../approvals/release.ts';
import { mayReach } from '../areas/reach.ts';
import type { Asker } from '../asker.ts';
import { ServerError } from '../errors.ts';
import { hasRight } from '../operators/rights.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTargets } from './targets.ts';

/** Orders are up to 256 KiB each; the rest of an answer is small beside them. */
const PAGE_BYTES = 500 * 1024;
/** Of how many orders those are told that are in the asker's areas. */
const LOOKED_THROUGH = 500;

/** What waits for a second person in the asker's areas, the newest first. */
export async function approvals(
  asker: Asker,
  { all, limit }: ApprovalsRequest,
  needs: RequestNeeds,
): Promise<ApprovalsAnswer> {
  const held: ApprovalsAnswer['held'] = [];
  let bytes = 0;
  for (const each of await needs.approvals.list(LOOKED_THROUGH)) {
    if ((!all && each.state !== 'waiting') || !(await concerns(asker, each, needs))) continue;
    const row = rowOf(each);
    bytes += Buffer.byteLength(JSON.stringify(row));
    // One alone fits into an answer, however large.
    if (held.length === limit || (bytes > PAGE_BYTES && held.length > 0)) return { held, more: true };
    held.push(row);
  }
  return { held, more: false };
}

/** The second person says yes, to what was read. */
export async function approve(
  asker: Asker,
  { order: id, sha256 }: ApproveRequest,
  needs: RequestNeeds,
): Promise<ApproveAnswer> {
  await refuseTargets(asker, targetsOf(await known(id, needs)), 'order', needs);
  const released = await needs.approvals.approve(id, sha256, asker);
  if ('programme' in released) {
    const { area, version, valid_until } = released.programme;
    const { length } = await needs.province.db.devices.within(area);
    const published = { programme: { area, version }, expires_at: valid_until };
    return { order: id, to: [area], devices: length, ...published };
  }
  const { order, devices } = released;
  return { order: order.id, to: order.to, devices, expires_at: order.expires_at };
}

/** The second person says no, or the author takes it back. */
export async function refuse(
  asker: Asker,
  { order: id, reason }: RefuseRequest,
  needs: RequestNeeds,
): Promise<RefuseAnswer> {
  const held = await known(id, needs);
  if (held.by !== asker.user) {
    if (!hasRight(asker, 'approve'))
      throw new ServerError('not-allowed', { context: { role: asker.roles.join(', ') } });
    await refuseTargets(asker, targetsOf(held), 'order', needs);
  }
  await needs.approvals.refuse(id, asker.user, reason);
  return { order: id, state: 'refused' };
}

/** The password again: a proof that is good once, soon, and for one content. */
export async function prove(
  asker: Asker,
  { password, passkey, sha256 }: ProveRequest,
  { door, passkeys, proofs, audit }: RequestNeeds,
): Promise<ProveAnswer> {
  const isThere =
    passkey === undefined
      ? (await door.open(asker.user, password ?? '', 'step-up')) !== undefined
      : await passkeys.proves(asker.user, sha256, passkey);
  const fact = { who: asker.user, act: 'step-up', document: { sha256, ...(passkey && { by: passkey.id }) } };
  if (!isThere) {
    const code = passkey === undefined ? 'not-authenticated' : 'passkey-refused';
    await audit.write({ ...fact, outcome: 'refused', code });
    throw new ServerError(code);
  }
  await audit.write({ ...fact, outcome: 'done' });
  return { proof: proofs.make(asker.user, sha256), seconds: PROOF_LIMITS.life_ms / 1_000 };
}

async function known(id: string, needs: RequestNeeds): Promise<Held> {
  const held = await needs.approvals.get(id);
  if (held === undefined) throw new ServerError('unknown-order', { context: { order: id } });
  return held;
}

async function concerns(asker: Asker, held: Held, { fleet }: RequestNeeds): Promise<boolean> {
  if (held.by === asker.user) return true;
  for (const target of targetsOf(held)) {
    const device = deviceOf(target);
    const area = device === undefined ? target : (await fleet.device(device))?.village;
    if (area !== undefined && mayReach(asker.areas, area)) return true;
  }
  return false;
}

type Row = ApprovalsAnswer['held'][number];

function rowOf(held: Held): Row {
  const { id, by, why, needs, sha256, askedAt, until, state, decidedBy, decidedAt, reason } = held;
  return {
    ...('order' in held ? orderIn(held) : programmeIn(held)),
    ...{ order: id, by, needs, sha256, state },
    ...{ asked_at: instantOf(askedAt), until: instantOf(until) },
    ...(why !== null && { why }),
    ...(decidedBy !== null && { decided_by: decidedBy }),
    ...(decidedAt !== null && { decided_at: instantOf(decidedAt) }),
    ...(reason !== null && { reason }),
  };
}

function orderIn({ order }: HeldOrder): Pick<Row, 'document' | 'lives_s'> {
  const { issued_at, expires_at, ...document } = order;
  const begins = 'start_at' in order ? (order.start_at ?? issued_at) : issued_at;
  return { document, lives_s: Math.round((epochMsOf(expires_at) - epochMsOf(begins)) / 1_000) };
}

function programmeIn({ programme, change }: HeldProgramme): Pick<Row, 'document' | 'programme'> {
  const { area, basedOn } = programme;
  return {
    document: contentOf(programme),
    programme: { area, based_on: basedOn, ...changeRows(change) },
  };
}
