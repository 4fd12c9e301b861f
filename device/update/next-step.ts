import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import {
  type Architecture,
  compareVersions,
  placeOf,
  type Release,
} from '../../firmware-protocol/content/release.ts';
import type { SlotName, SlotState } from '../update-ports.ts';
import { UPDATE_LIMITS } from './update-times.ts';

/** How often a version was tried, and when it may be tried again (epoch ms). */
export interface Tries {
  count: number;
  notBefore: number;
}

export interface UpdateFacts {
  releases: Release[];
  device: string;
  architecture: Architecture;
  /** What runs. */
  version: string;
  /** The highest that ever ran and worked. */
  floor: string;
  held: SlotState['held'];
  tries: (version: string) => Tries;
  now: number;
  /** Without the time nobody knows whether `not_before` has come. */
  timeKnown: boolean;
}

/** What the updater should do next, and why where that is nothing: a person asks. */
export type Step =
  | { do: 'nothing'; why: Idle; version?: string; until?: number }
  | { do: 'fetch'; release: Release; build: { manifest: string; bytes: number } }
  | { do: 'try-out'; release: Release; slot: SlotName };

export type Idle =
  | 'no-release'
  | 'newest'
  | 'clock-unknown'
  | 'not-in-share'
  | 'not-yet'
  | 'too-old-for-it'
  | 'no-build'
  | 'failed-before'
  | 'gave-up';

/** Pure: of all good releases the newest that is newer than anything that ran here, and how far it may go now. */
export function nextStep(facts: UpdateFacts): Step {
  const { releases, device, floor, now, tries, held } = facts;
  const offered = releases.filter(({ share }) => share > 0);
  if (offered.length === 0) return { do: 'nothing', why: 'no-release' };
  const newer = offered.filter(({ version }) => compareVersions(version, floor) > 0);
  const [release] = newer.sort((a, b) => compareVersions(b.version, a.version));
  if (release === undefined) return { do: 'nothing', why: 'newest' };
  const { version } = release;
  const build = release.builds[facts.architecture];
  const idle = (why: Idle, until?: number): Step => ({
    ...{ do: 'nothing', why, version },
    ...(until !== undefined && { until }),
  });
  if (build === undefined) return idle('no-build');
  if (compareVersions(facts.version, release.least) < 0) return idle('too-old-for-it');
  if (placeOf(version, device, 'share') * 100 >= release.share) return idle('not-in-share');
  if (!facts.timeKnown) return idle('clock-unknown');
  const spread_ms = release.spread_minutes * 60_000 * placeOf(version, device, 'spread');
  const begins = epochMsOf(release.not_before) + spread_ms;
  if (now < begins) return idle('not-yet', begins);
  const { count, notBefore } = tries(version);
  if (count >= UPDATE_LIMITS.tries) return idle('gave-up');
  if (now < notBefore) return idle('failed-before', notBefore);
  const slot = (['a', 'b'] as const).find((name) => held[name]?.manifest === build.manifest);
  return slot === undefined ? { do: 'fetch', release, build } : { do: 'try-out', release, slot };
}
