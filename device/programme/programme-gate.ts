import { lineageOf } from '../../firmware-protocol/content/area.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { Claimed } from '../../firmware-protocol/content/key-set.ts';
import { Programme } from '../../firmware-protocol/content/programme.ts';
import type { Via } from '../../firmware-protocol/content/report.ts';
import { TOPICS } from '../../firmware-protocol/mqtt/catalogue.ts';
import {
  isRefused,
  notUnderstood,
  type RawDocument,
  type Refused,
  readJson,
  shaped,
} from '../keys/document.ts';
import { refuseScopeHere, refuseSignature } from '../keys/keyring.ts';
import { ISSUED_AHEAD_MS } from '../orders/gate.ts';
import { type Here, knowsTheTime } from '../orders/here.ts';

/** A programme as the wire brought it; `area` is the one of its topic. Retained is how it should come. */
export interface ProgrammeArrival {
  payload: Uint8Array;
  area: string;
  via?: Via;
}

/** Highest version ever accepted for an area, 0 for none. */
export type FloorOf = (area: string) => number;

const MEMBERS: ReadonlySet<string> = new Set(Object.keys(Programme.shape));

type Check = (programme: Programme, raw: RawDocument, here: Here, floorOf: FloorOf) => Refused | undefined;

/** What must hold before a programme may replace another, in this order; the gate of orders without a life to judge. */
export const PROGRAMME_CHECKS: Readonly<Record<string, Check>> = {
  'signed by a key we trust': (programme, raw, here) => refuseSignature(here.keys, raw, programme.signature),
  'inside the scope of the key': (programme, _raw, here) =>
    refuseScopeHere(here.keys, programme.signature, claimedBy(programme), here),
  'for this hall': (programme, _raw, here) =>
    lineageOf(here.village).includes(programme.area)
      ? undefined
      : { refused: 'for-another', detail: programme.area },
  'not from the future': (programme, _raw, here) =>
    knowsTheTime(here) && epochMsOf(programme.issued_at) > here.now + ISSUED_AHEAD_MS
      ? { refused: 'too-early', detail: programme.issued_at }
      : undefined,
  'not before what we had': (programme, _raw, _here, floorOf) =>
    programme.version < floorOf(programme.area)
      ? { refused: 'older', detail: `version ${programme.version}, had ${floorOf(programme.area)}` }
      : undefined,
};

/** The programme in the bytes of a message, or the first reason against it. */
export function examineProgramme(
  message: ProgrammeArrival,
  here: Here,
  floorOf: FloorOf,
): Programme | Refused {
  const what = `programme/${message.area}`;
  const read = readJson(message.payload, TOPICS.areaProgramme.maxBytes);
  if (isRefused(read)) return { what, ...read };
  const shape = notUnderstood(read.raw, MEMBERS) ?? shaped(Programme, read.raw);
  if (isRefused(shape)) return { what, ...shape };
  const programme = shape.document;
  // A valid programme of one area that the broker shows under another would be taken for that other's retained state.
  if (programme.area !== message.area) return { what, refused: 'for-another', detail: programme.area };
  for (const check of Object.values(PROGRAMME_CHECKS)) {
    const refused = check(programme, read.raw, here, floorOf);
    if (refused !== undefined) return { what, ...refused };
  }
  return programme;
}

/** A key must be allowed the highest band that the programme uses. */
function claimedBy(programme: Programme): Claimed {
  const band = Math.max(0, ...programme.entries.map((entry) => entry.band));
  return { use: 'programme', band, to: [programme.area], at: programme.issued_at };
}
