import { lineageOf } from '../../firmware-protocol/content/area.ts';
import { epochMsOf, Ulid } from '../../firmware-protocol/content/instant.ts';
import type { Claimed } from '../../firmware-protocol/content/key-set.ts';
import {
  AlertOrder,
  AllClearOrder,
  AnnounceOrder,
  isPlayOrder,
  ORDER_LIMITS,
  Order,
  StopOrder,
  TestOrder,
} from '../../firmware-protocol/content/order.ts';
import type { Via } from '../../firmware-protocol/content/report.ts';
import {
  isRefused,
  notUnderstood,
  type RawDocument,
  type Refused,
  readJson,
  shaped,
} from '../keys/document.ts';
import { refuseScopeHere, refuseSignature } from '../keys/keyring.ts';
import { type Here, knowsTheTime } from './here.ts';

/** How far ahead of ours the sender's clock may be: what unsynchronised servers were seen to differ by, and more. */
export const ISSUED_AHEAD_MS = 60_000;

const MEMBERS: ReadonlySet<string> = new Set(
  [AnnounceOrder, AlertOrder, TestOrder, StopOrder, AllClearOrder].flatMap((kind) => Object.keys(kind.shape)),
);

type Check = (order: Order, raw: RawDocument, here: Here) => Refused | undefined;

/**
 * What must hold before an order may sound, in this order (DESIGN 4, Signing). That it was not seen before is asked of
 * the store afterwards, by the desk.
 */
export const CHECKS: Readonly<Record<string, Check>> = {
  'signed by a key we trust': (order, raw, here) => refuseSignature(here.keys, raw, order.signature),
  'inside the scope of the key': (order, _raw, here) =>
    refuseScopeHere(here.keys, order.signature, claimedBy(order), here),
  'for this hall': (order, _raw, here) =>
    isFor(order, here) ? undefined : { refused: 'for-another', detail: order.to.slice(0, 8).join(' ') },
  'live, where the clock is not known': (order, _raw, here) =>
    needsTheClock(order, here) && !quotesThisBoot(order, here)
      ? { refused: 'clock-unknown', detail: here.trust }
      : undefined,
  'not expired': (order, _raw, here) =>
    knowsTheTime(here) && epochMsOf(order.expires_at) <= here.now
      ? { refused: 'expired', detail: order.expires_at }
      : undefined,
  'not from the future': (order, _raw, here) =>
    knowsTheTime(here) && epochMsOf(order.issued_at) > here.now + ISSUED_AHEAD_MS
      ? { refused: 'too-early', detail: order.issued_at }
      : undefined,
  'not longer-lived than an order may be': (order) =>
    lifeOf(order) > ORDER_LIMITS.lifeMs ? { refused: 'too-long-lived', detail: order.expires_at } : undefined,
};

/** An order as the wire brought it. */
export interface Arrival {
  payload: Uint8Array;
  retained: boolean;
  via?: Via;
}

/** The order in the bytes of a message, or the first reason against it. */
export function examine(message: Arrival, here: Here): { order: Order; raw: RawDocument } | Refused {
  const read = readJson(message.payload, ORDER_LIMITS.documentBytes);
  if (isRefused(read)) return read;
  const what = nameOf(read.raw);
  // A retained command would fire again at every connect: it is never one of ours.
  if (message.retained) return { ...what, refused: 'retained' };
  const shape = notUnderstood(read.raw, MEMBERS) ?? shaped(Order, read.raw);
  if (isRefused(shape)) return { ...what, ...shape };
  const order = shape.document;
  for (const check of Object.values(CHECKS)) {
    const refused = check(order, read.raw, here);
    if (refused !== undefined) return { ...what, ...refused };
  }
  return { order, raw: read.raw };
}

/** Milliseconds between issue and expiry. */
export function lifeOf(order: Order): number {
  return epochMsOf(order.expires_at) - epochMsOf(order.issued_at);
}

/** A stop takes up no band: whether a key may stop is said by its uses alone. */
function claimedBy(order: Order): Claimed {
  return { use: order.kind, band: isPlayOrder(order) ? order.band : 0, to: order.to, at: order.issued_at };
}

function isFor(order: Order, here: Here): boolean {
  const names = new Set<string>([...lineageOf(here.village), `device/${here.device}`]);
  return order.to.some((target) => names.has(target));
}

/** Silence needs no clock; everything that sounds does. */
function needsTheClock(order: Order, here: Here): boolean {
  return isPlayOrder(order) && !knowsTheTime(here);
}

/** Only what shall sound at once can do without the time of day. */
function quotesThisBoot(order: Order, here: Here): boolean {
  return order.boot_nonce === here.bootNonce && isPlayOrder(order) && order.start_at === undefined;
}

function nameOf(raw: RawDocument): { what?: string } {
  const id = Ulid.safeParse(raw.id);
  return id.success ? { what: id.data } : {};
}
