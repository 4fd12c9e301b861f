import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { Claimed } from '../../firmware-protocol/content/key-set.ts';
import { compareVersions, Release } from '../../firmware-protocol/content/release.ts';
import type { Via } from '../../firmware-protocol/content/report.ts';
import { HALL_TOPICS } from '../../firmware-protocol/mqtt/hall-topics.ts';
import type { Refused } from '../keys/document.ts';
import { type AreaChecks, areaChecks, examineForArea } from '../orders/area-gate.ts';
import type { Here } from '../orders/here.ts';

/** A release as the wire or a stick brought it; `area` is the one that it came for. */
export interface ReleaseArrival {
  payload: Uint8Array;
  area: string;
  via?: Via;
}

/** What the gate compares with: the highest version that ever ran here, and the release held for the area. */
export interface HeldReleases {
  floor: string;
  held: Release | undefined;
}

/** What must hold before a release is believed, in this order: never back (F43, I4). */
export const RELEASE_CHECKS: AreaChecks<Release, HeldReleases> = {
  ...areaChecks(claimedBy),
  'not issued before the one we hold': (release, _raw, _here, { held }) =>
    held !== undefined && epochMsOf(release.issued_at) < epochMsOf(held.issued_at)
      ? { refused: 'older', detail: `issued ${release.issued_at}, hold ${held.issued_at}` }
      : undefined,
  // A withdrawal is of a version that some halls run already.
  'not a version before ours': (release, _raw, _here, { floor }) =>
    release.share > 0 && compareVersions(release.version, floor) < 0
      ? { refused: 'older', detail: `version ${release.version}, had ${floor}` }
      : undefined,
};

const GATE = {
  kind: 'release',
  schema: Release,
  members: new Set(Object.keys(Release.shape)),
  maxBytes: HALL_TOPICS.areaRelease.maxBytes,
  checks: RELEASE_CHECKS,
};

/** The release in the bytes of a message, or the first reason against it. */
export function examineRelease(message: ReleaseArrival, here: Here, held: HeldReleases): Release | Refused {
  return examineForArea(GATE, message, here, held);
}

function claimedBy(release: Release): Claimed {
  return { use: 'release', band: 0, to: [release.area], at: release.issued_at };
}
