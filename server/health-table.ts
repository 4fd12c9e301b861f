import type { DeviceId } from '../firmware-protocol/content/area.ts';

/** Measurements as they came. */
export interface HealthRow {
  device: DeviceId;
  /** Of the topic: they count only where the device stands. */
  zone: string;
  /** When the server heard them. */
  at: number;
  document: string;
}

export interface HealthTable {
  /** Those of enrolled devices on their own topic. Resolves with the devices among them that count as away. */
  append(rows: readonly HealthRow[]): Promise<Set<DeviceId>>;
  /** Of one device, the newest first. */
  list(
    device: DeviceId,
    about: { since: number; limit: number },
  ): Promise<{ at: number; document: string }[]>;
  /** Of one device from `from` to before `until`, the oldest first: the last of each `stepMs`. */
  thinned(
    device: DeviceId,
    about: { from: number; until: number; stepMs: number },
  ): Promise<{ at: number; document: string }[]>;
  /** Forgets what `halls` devices after `from` measured before `before`; resolves with where to go on, '' = from the start. */
  drop(before: number, from: DeviceId, halls: number): Promise<DeviceId>;
}
