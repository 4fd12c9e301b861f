import { lineageOf } from '../../firmware-protocol/content/area.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { Claimed } from '../../firmware-protocol/content/key-set.ts';
import { compareVersions, Release } from '../../firmware-protocol/content/release.ts';
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

/** A release as the wire or a stick brought it; `area` is the one that it came for. */
export interface ReleaseArrival {
  payload: Uint8Array;
  area: string;
  via?: Via;
}

const MEMBERS: ReadonlySet<string> = new Set(Object.keys(Release.shape));

/** What the gate compares with: the highest version that ever ran here, and the release held for the area. */
export interface HeldReleases {
  floor: string;
  held: Release | undefined;
}

type Check = (release: Release, raw: RawDocument, here: Here, held: HeldReleases) => Refused | undefined;

/** What must hold before a release is believed, in this order: the gate of programmes, and never back (F43, I4). */
export const RELEASE_CHECKS: Readonly<Record<string, Check>> = {
  'signed by a key we trust': (release, raw, here) => refuseSignature(here.keys, raw, release.signature),
  'inside the scope of the key': (release, _raw, here) =>
    refuseScopeHere(here.keys, release.signature, claimedBy(release), here),
  'for this hall': (release, _raw, here) =>
    lineageOf(here.village).includes(release.area)
      ? undefined
      : { refused: 'for-another', detail: release.area },
  'not from the future': (release, _raw, here) =>
    knowsTheTime(here) && epochMsOf(release.issued_at) > here.now + ISSUED_AHEAD_MS
      ? { refused: 'too-early', detail: release.issued_at }
      : undefined,
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

/** The release in the bytes of a message, or the first reason against it. */
export function examineRelease(
  { payload, area }: ReleaseArrival,
  here: Here,
  held: HeldReleases,
): Release | Refused {
  const what = `release/${area}`;
  const read = readJson(payload, TOPICS.areaRelease.maxBytes);
  if (isRefused(read)) return { what, ...read };
  const shape = notUnderstood(read.raw, MEMBERS) ?? shaped(Release, read.raw);
  if (isRefused(shape)) return { what, ...shape };
  const release = shape.document;
  if (release.area !== area) return { what, refused: 'for-another', detail: release.area };
  for (const check of Object.values(RELEASE_CHECKS)) {
    const refused = check(release, read.raw, here, held);
    if (refused !== undefined) return { what, ...refused };
  }
  return release;
}

function claimedBy(release: Release): Claimed {
  return { use: 'release', band: 0, to: [release.area], at: release.issued_at };
}
