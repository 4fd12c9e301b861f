/** The rooms of a visit in the order in which a technician walks: what is cheap and may explain the rest comes first. */
export const ROOMS = [
  'agent',
  'power',
  'clock',
  'disk',
  'link',
  'reports',
  'sound',
  'amplifier',
  'inputs',
  'sign',
] as const;
export type Room = (typeof ROOMS)[number];

/** Rooms in which something sounds or shows. */
export const TESTED: ReadonlySet<Room> = new Set<Room>(['sound', 'amplifier', 'inputs', 'sign']);
