import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import { claimsOfProgramme, PROGRAMME_LIMITS, Programme } from '../../firmware-protocol/content/programme.ts';
import type { Via } from '../../firmware-protocol/content/report.ts';
import { HALL_TOPICS } from '../../firmware-protocol/mqtt/hall-topics.ts';
import type { Refused } from '../keys/document.ts';
import { type AreaChecks, areaChecks, examineForArea } from '../orders/area-gate.ts';
import type { Here } from '../orders/here.ts';

/** A programme as the wire brought it; `area` is the one of its topic. Retained is how it should come. */
export interface ProgrammeArrival {
  payload: Uint8Array;
  area: string;
  via?: Via;
}

/** Highest version accepted for an area from a key that may still sign for it, 0 for none. */
export type FloorOf = (area: string) => number;

/** What must hold before a programme may replace another, in this order. */
const PROGRAMME_CHECKS: AreaChecks<Programme, FloorOf> = {
  ...areaChecks<Programme>(claimsOfProgramme),
  'not longer-lived than a programme may be': ({ issued_at, valid_until }) =>
    epochMsOf(valid_until) - epochMsOf(issued_at) > PROGRAMME_LIMITS.lifeMs
      ? { refused: 'too-long-lived', detail: valid_until }
      : undefined,
  'not before what we had': (programme, _raw, _here, floorOf) =>
    programme.version < floorOf(programme.area)
      ? { refused: 'older', detail: `version ${programme.version}, had ${floorOf(programme.area)}` }
      : undefined,
};

const GATE = {
  kind: 'programme',
  schema: Programme,
  members: new Set(Object.keys(Programme.shape)),
  maxBytes: HALL_TOPICS.areaProgramme.maxBytes,
  checks: PROGRAMME_CHECKS,
};

/** The programme in the bytes of a message, or the first reason against it. */
export function examineProgramme(
  message: ProgrammeArrival,
  here: Here,
  floorOf: FloorOf,
): Programme | Refused {
  return examineForArea(GATE, message, here, floorOf);
}
