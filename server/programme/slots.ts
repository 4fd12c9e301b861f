import { type AreaCode, contains, levelOf } from '../../firmware-protocol/content/area.ts';
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

export function slotTimes(slots: OwnedSlot[], fromMs: number, untilMs: number): SlotTime[] {
  return slots.flatMap((slot) =>
    startsOfEntry({ ...slot, except: [] }, fromMs, untilMs).map((startMs) => ({
      slot,
      fromMs: startMs,
      untilMs: startMs + slot.minutes * 60_000,
    })),
  );
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
  const meant = slots.filter(
    ({ owner, level }) => owner !== area && contains(owner, area) && level === levelOf(area),
  );
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
