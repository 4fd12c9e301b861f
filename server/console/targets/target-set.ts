import { contains } from '../../../firmware-protocol/content/area.ts';

/** Whom an announcement is for: area codes, `device/<id>` and `group/<id>`, as requests name them. */
export type Targets = readonly string[];

const DEVICE = 'device/';
const GROUP = 'group/';

export const hallTarget = (device: string): string => `${DEVICE}${device}`;
export const groupTarget = (group: string): string => `${GROUP}${group}`;
export const hallOf = (target: string): string | undefined => after(DEVICE, target);
export const groupOf = (target: string): string | undefined => after(GROUP, target);
export const isArea = (target: string): boolean => !target.includes('/');

function after(prefix: string, target: string): string | undefined {
  return target.startsWith(prefix) ? target.slice(prefix.length) : undefined;
}

/** A hall or a group, in or out. */
export function withTarget(chosen: Targets, target: string, on: boolean): string[] {
  const others = chosen.filter((each) => each !== target);
  return on ? [...others, target] : others;
}

/**
 * A province that was picked on the map, put in or taken out: as much of it as the account may speak to. Whoever has two
 * districts of it picks these two.
 */
export function withPicked(chosen: Targets, province: string, own: readonly string[]): string[] {
  const picked = own.some((area) => contains(area, province))
    ? [province]
    : own.filter((area) => contains(province, area));
  const isIn = picked.length > 0 && picked.every((area) => chosen.includes(area));
  const outside = chosen.filter((each) => !isArea(each) || !contains(province, each));
  return isIn ? outside : [...outside, ...picked];
}

/** Areas that a wider target names already: halls of it need not be ticked one by one. */
export const isCovered = (chosen: Targets, village: string): boolean =>
  chosen.some((each) => isArea(each) && contains(each, village));
