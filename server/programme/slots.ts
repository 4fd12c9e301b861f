import { type AreaCode, contains, levelOf } from '../../firmware-protocol/content/area.ts';
import { BANGKOK_OFFSET_MS } from '../../firmware-protocol/content/instant.ts';
import { type Occurrence, startsOfEntry } from '../../firmware-protocol/content/resolver.ts';
import type { Slot } from '../../firmware-protocol/mqtt/programme-requests.ts';

/** Time that an area leaves to those below it. A slot is of the tower: a sign is read by who looks at it. */
export interface OwnedSlot extends Slot {
  owner: AreaCode;
}

/** One time of a slot, epoch ms. */
export interface SlotTime {
  slot: OwnedSlot;
  fromMs: number;
  untilMs: number;
}

/** Whether a slot is meant for an area: it lies below whoever gave it, at the level that was named. */
export function isMeantFor({ owner, level }: Pick<OwnedSlot, 'owner' | 'level'>, area: AreaCode): boolean {
  return owner !== area && contains(owner, area) && level === levelOf(area);
}

export function slotTimes(slots: OwnedSlot[], fromMs: number, untilMs: number): SlotTime[] {
  return slots.flatMap((slot) =>
    startsOfEntry({ ...slot, except: [] }, fromMs, untilMs).map((startMs) => ({
      slot,
      fromMs: startMs,
      untilMs: startMs + slot.minutes * 60_000,
    })),
  );
}

/** Of more hours a day nobody wants to read. */
const HOURS_TOLD = 3;

/** `43/heads` -> `06:00–06:10, 18:00–18:10`: a slot has no other name that people know. */
export function slotHours(times: readonly SlotTime[]): Map<string, string> {
  const hours = new Map<string, Set<string>>();
  for (const { slot, fromMs, untilMs } of times) {
    const id = `${slot.owner}/${slot.id}`;
    hours.set(id, (hours.get(id) ?? new Set()).add(`${clockOf(fromMs)}–${clockOf(untilMs)}`));
  }
  return new Map([...hours].map(([id, each]) => [id, [...each].sort().slice(0, HOURS_TOLD).join(', ')]));
}

/** `18:00`, in Thailand. */
function clockOf(ms: number): string {
  return new Date(ms + BANGKOK_OFFSET_MS).toISOString().slice(11, 16);
}

export interface SlotTrouble {
  kind: 'outside-slot' | 'overruns-slot' | 'in-slot';
  slot: OwnedSlot;
}

/**
 * What a sound of a programme does to the slots above it. Whose level was given slots keeps to them; whoever gave them, or stands
 * above who may use them, keeps out. Ceremonies are everybody's.
 */
export function slotTrouble(
  { area, entry, startMs, endsMs }: Occurrence,
  times: SlotTime[],
  slots: OwnedSlot[],
): SlotTrouble | undefined {
  if (endsMs.tower === startMs || entry.band >= 80) return undefined;
  const meant = slots.filter((slot) => isMeantFor(slot, area));
  const [first] = meant;
  if (first === undefined) {
    const met = times.find(
      ({ slot, fromMs, untilMs }) => contains(area, slot.owner) && startMs < untilMs && endsMs.tower > fromMs,
    );
    return met && { kind: 'in-slot', slot: met.slot };
  }
  const own = times.find(
    ({ slot, fromMs, untilMs }) => meant.includes(slot) && startMs >= fromMs && startMs < untilMs,
  );
  if (own === undefined) return { kind: 'outside-slot', slot: first };
  return endsMs.tower > own.untilMs ? { kind: 'overruns-slot', slot: own.slot } : undefined;
}
