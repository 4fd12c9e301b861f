import type { Band } from '../../firmware-protocol/content/band.ts';
import { type Decision, type Occurrence, resolve } from '../../firmware-protocol/content/resolver.ts';
import {
  isBound,
  leftMs,
  nextQuiet,
  quietUntil,
  type SiteLaws,
  thaiDayOf,
} from '../../firmware-protocol/content/site-laws.ts';

/** What began in time may end in peace: as device/laws/law-book.ts has it. */
export const INTO_THE_QUIET_MS = 5 * 60_000;

export type LawBroken = 'quiet-hours' | 'minutes-used';

/** `refused quiet-hours`: what a hall will not sound by its own laws never comes to the tower, and holds up nobody there. */
export const REFUSED = 'refused ';

/**
 * Decisions of a hall whose laws are known. Of the minutes of a day only the programme's own are counted: what is pushed live comes on top,
 * and only the hall knows it.
 */
export function resolveUnder(laws: SiteLaws | undefined, occurrences: Occurrence[]): Decision[] {
  if (laws === undefined) return resolve(occurrences);
  const refusals = refusalsOf(laws, occurrences);
  const heard = occurrences.map((each) =>
    refusals.has(each.id) ? { ...each, endsMs: { ...each.endsMs, tower: each.startMs } } : each,
  );
  const refused = occurrences.flatMap((occurrence): Decision[] => {
    const law = refusals.get(occurrence.id);
    if (law === undefined) return [];
    const { startMs } = occurrence;
    return [
      {
        occurrence,
        output: 'tower',
        verdict: 'loses',
        startsMs: startMs,
        endsMs: startMs,
        because: `${REFUSED}${law}`,
      },
    ];
  });
  return [...refused, ...resolve(heard)];
}

/** Of the tower; in order of start, since what sounds in the morning uses up the minutes of the evening. */
function refusalsOf(laws: SiteLaws, occurrences: Occurrence[]): Map<string, LawBroken> {
  const refusals = new Map<string, LawBroken>();
  const used = new Map<number, Map<Band, number>>();
  for (const { id, entry, startMs, endsMs } of occurrences) {
    const band: Band = entry.band;
    const needed = endsMs.tower - startMs;
    if (needed === 0 || !isBound(band)) continue;
    const day = thaiDayOf(startMs);
    const today = used.get(day) ?? new Map<Band, number>();
    const law = lawAgainst(laws, band, startMs, needed, today);
    if (law !== undefined) refusals.set(id, law);
    else used.set(day, today.set(band, (today.get(band) ?? 0) + needed));
  }
  return refusals;
}

function lawAgainst(
  laws: SiteLaws,
  band: Band,
  startMs: number,
  neededMs: number,
  used: ReadonlyMap<Band, number>,
): LawBroken | undefined {
  if (quietUntil(laws, startMs) !== undefined) return 'quiet-hours';
  const quietAt = nextQuiet(laws, startMs);
  if (quietAt !== undefined && startMs + neededMs > quietAt + INTO_THE_QUIET_MS) return 'quiet-hours';
  return neededMs > leftMs(laws, band, used) ? 'minutes-used' : undefined;
}
