import { outputsOf } from '../../firmware-protocol/content/announcement.ts';
import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { BANDS } from '../../firmware-protocol/content/band.ts';
import { BANGKOK_OFFSET_MS } from '../../firmware-protocol/content/instant.ts';
import type { ProgrammeEntry } from '../../firmware-protocol/content/programme.ts';
import { durationMsOf, startsOfEntry } from '../../firmware-protocol/content/resolver.ts';
import type { SlotUse } from '../../firmware-protocol/mqtt/occurrence-requests.ts';
import type { PlanSpan } from './plan-spans.ts';
import { isMeantFor, type OwnedSlot } from './slots.ts';

/** Of each time of a slot (its starts, epoch ms, in order) who has put sound into it. A ceremony is everybody's and uses none of it. */
export function usesOf(slot: OwnedSlot, startsMs: readonly number[], spans: readonly PlanSpan[]): SlotUse[] {
  const used = new Map<number, Map<AreaCode, number>>();
  for (const span of spans.filter(({ area }) => isMeantFor(slot, area)))
    for (const { startMs, soundMs } of soundsOf(span)) {
      const at = startsMs.findLast((each) => each <= startMs);
      if (at === undefined || startMs >= at + slot.minutes * 60_000) continue;
      const byArea = used.get(at) ?? new Map<AreaCode, number>();
      used.set(at, byArea.set(span.area, (byArea.get(span.area) ?? 0) + soundMs));
    }
  return [...used]
    .sort(([a], [b]) => a - b)
    .map(([at, byArea]) => ({
      starts: new Date(at + BANGKOK_OFFSET_MS).toISOString().slice(0, 19),
      areas: byArea.size,
      most_ms: Math.max(...byArea.values()),
    }));
}

function soundsOf({ entries, fromMs, untilMs }: PlanSpan): { startMs: number; soundMs: number }[] {
  return entries.filter(isHeard).flatMap((entry) =>
    startsOfEntry(entry, fromMs, untilMs).map((startMs) => ({
      startMs,
      soundMs: durationMsOf(entry.announcement, 'tower'),
    })),
  );
}

function isHeard(entry: ProgrammeEntry): boolean {
  return entry.band < BANDS.ceremony && outputsOf(entry).includes('tower');
}
