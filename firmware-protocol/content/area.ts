import { z } from 'zod';

/**
 * Area codes: `th` for the nation, or the DOPA code of a province (2 digits), district (4), tambon (6) or
 * village (8). The parent of an area is its prefix, so scope checks are string comparisons.
 */
export const AreaCode = z
  .string()
  .regex(/^(th|[1-9]\d(\d{2}){0,3})$/, 'an area is "th" or a DOPA code of 2, 4, 6 or 8 digits');
export type AreaCode = z.infer<typeof AreaCode>;

export const AREA_LEVELS = ['nation', 'province', 'district', 'tambon', 'village'] as const;
export type AreaLevel = (typeof AREA_LEVELS)[number];

/** A device: one agent in one village hall. */
export const DeviceId = z.string().regex(/^[a-z0-9-]{3,32}$/, 'a device id is 3 to 32 of a-z, 0-9 and "-"');
export type DeviceId = z.infer<typeof DeviceId>;

/** Who an order is for: an area, or one device as `device/<id>` (the slash keeps `4301` an area). */
export const Target = z
  .string()
  .regex(/^(th|[1-9]\d(\d{2}){0,3}|device\/[a-z0-9-]{3,32})$/, 'a target is an area code or "device/<id>"');
export type Target = z.infer<typeof Target>;

/** The nation is `th`; every other code carries its level in its length. */
export function levelOf(area: AreaCode): AreaLevel {
  return AREA_LEVELS[area === 'th' ? 0 : area.length / 2] ?? 'village';
}

/** The area one step up; the nation has none. */
export function parentOf(area: AreaCode): AreaCode | undefined {
  if (area === 'th') return undefined;
  return area.length === 2 ? 'th' : area.slice(0, -2);
}

/** From the area itself up to `th`: `43010102 -> 43010102, 430101, 4301, 43, th`. */
export function lineageOf(area: AreaCode): AreaCode[] {
  const parent = parentOf(area);
  return parent === undefined ? [area] : [area, ...lineageOf(parent)];
}

/** Whether `outer` is `inner` or lies above it. */
export function contains(outer: AreaCode, inner: AreaCode): boolean {
  return outer === 'th' || (inner !== 'th' && inner.startsWith(outer));
}

/** The topic segment that takes a province to its own broker: `th` or the 2-digit province. */
export function zoneOf(area: AreaCode): string {
  return area === 'th' ? 'th' : area.slice(0, 2);
}

/** The device a target names, or undefined when it names an area. */
export function deviceOf(target: Target): DeviceId | undefined {
  return target.startsWith('device/') ? target.slice('device/'.length) : undefined;
}
