import { ANNOUNCEMENT_LIMITS } from '../../../firmware-protocol/content/announcement.ts';
import { durationMsOf } from '../../../firmware-protocol/content/resolver.ts';
import type { Entry } from './plan-edit.ts';

/** An announcement lasts as long as what it says, so its end is pulled in whole times: more often, or less. */

/** A sign's pages in turn, at most. */
const PANEL_TIMES = 1_000;

export interface Repeats {
  output: 'tower' | 'panel';
  times: number;
  most: number;
}

/** What its end pulls: the sound if there is any, else the pages. Undefined = a chime alone, which has one length. */
export function repeatsOf({ announcement: { tower, panel }, outputs }: Entry): Repeats | undefined {
  const hasSound = outputs.includes('tower') && tower?.parts.some(({ type }) => type === 'media');
  if (tower !== undefined && hasSound)
    return { output: 'tower', times: tower.times, most: ANNOUNCEMENT_LIMITS.repeats };
  if (panel !== undefined && outputs.includes('panel'))
    return { output: 'panel', times: panel.times, most: PANEL_TIMES };
  return undefined;
}

export function withTimes(entry: Entry, { output }: Repeats, times: number): Entry {
  const { announcement } = entry;
  const part = announcement[output];
  return { ...entry, announcement: { ...announcement, [output]: { ...part, times } } };
}

/** How often it would be said if it were to last `ms`, to the nearest whole time. */
export function timesLasting(entry: Entry, repeats: Repeats, ms: number): number {
  const lengthAt = (times: number) =>
    durationMsOf(withTimes(entry, repeats, times).announcement, repeats.output);
  const one = lengthAt(1);
  const each = Math.max(1, lengthAt(2) - one);
  return Math.min(repeats.most, Math.max(1, Math.round(1 + (ms - one) / each)));
}
