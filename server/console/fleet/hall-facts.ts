import { OUTPUTS, type Output } from '../../../firmware-protocol/content/band.ts';
import type { HallRow } from '../../../firmware-protocol/mqtt/hall-requests.ts';

/** What a row says of its hall, in one word each: the same on the screen, in the CSV and to a screen reader. */

export type Presence = 'online' | 'silent' | 'never';
export const presenceOf = ({ presence }: Pick<HallRow, 'presence'>): Presence =>
  presence === undefined ? 'never' : presence === 'online' ? 'online' : 'silent';

export type OutputFact = 'absent' | 'works' | 'fault' | 'onAir';
/** Undefined: the hall has not said. */
export function outputOf(
  { outputs, trust }: Pick<HallRow, 'outputs' | 'trust'>,
  output: Output,
): OutputFact | undefined {
  if (trust === undefined) return undefined;
  const state = outputs[output];
  if (state === undefined) return 'absent';
  if (!state.works) return 'fault';
  return state.play === undefined ? 'works' : 'onAir';
}

/** Undefined: the hall has not said. */
export function isClockSure({ trust }: Pick<HallRow, 'trust'>): boolean | undefined {
  return trust === undefined ? undefined : trust === 'server' || trust === 'full';
}

/** Titles on air, the tower's first; one that both say is named once. */
export function titlesOf({ outputs }: Pick<HallRow, 'outputs'>): string[] {
  return [...new Set(OUTPUTS.flatMap((output) => outputs[output]?.title ?? []))];
}

export interface PlaceNames {
  province: string;
  district: string;
  tambon: string;
}

/** Names of the areas that hold a village; its codes where nobody named them. */
export function placeOf(village: string, nameOf: (area: string) => string | undefined): PlaceNames {
  const named = (digits: number) => nameOf(village.slice(0, digits)) ?? village.slice(0, digits);
  return { province: named(2), district: named(4), tambon: named(6) };
}
