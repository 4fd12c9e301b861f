import { OUTPUTS } from '../../firmware-protocol/content/band.ts';
import type { Occurrence } from '../../firmware-protocol/content/resolver.ts';

/**
 * Occurrences that may meet each other, and no others: before and after it both outputs are idle, whatever is cut or waits, since an output
 * is never idle while something waits for it. So a stretch is resolved by itself.
 */
export interface Stretch {
  /** Epoch ms; `untilMs` is when all of it would be over if nothing of it were given up. */
  fromMs: number;
  untilMs: number;
  occurrences: Occurrence[];
}

/** `sorted` by start. */
export function stretchesOf(sorted: readonly Occurrence[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const occurrence of sorted) {
    const last = stretches.at(-1);
    if (last !== undefined && occurrence.startMs < last.untilMs) {
      last.occurrences.push(occurrence);
      last.untilMs += lengthMsOf(occurrence);
    } else stretches.push(stretchOf(occurrence));
  }
  return stretches;
}

/** The stretches that come about where `added` (sorted by start) comes between `stretches`; the others stay as they are. */
export function stretchesTouched(stretches: readonly Stretch[], added: readonly Occurrence[]): Stretch[] {
  const touched: Stretch[] = [];
  let at = 0;
  for (let next = 0; next < added.length; ) {
    const first = added[next];
    if (first === undefined) break;
    const grown = stretchOf(first);
    next++;
    at = Math.max(at, firstEndingAfter(stretches, first.startMs));
    for (;;) {
      const [stretch, more] = [stretches[at], added[next]];
      if (stretch !== undefined && stretch.fromMs < grown.untilMs) {
        take(grown, stretch);
        at++;
      } else if (more !== undefined && more.startMs < grown.untilMs) {
        take(grown, stretchOf(more));
        next++;
      } else break;
    }
    grown.occurrences.sort((a, b) => a.startMs - b.startMs);
    touched.push(grown);
  }
  return touched;
}

function take(grown: Stretch, { fromMs, untilMs, occurrences }: Stretch): void {
  // No later than if all of it were put behind what is there.
  grown.untilMs = Math.max(grown.untilMs, fromMs) + (untilMs - fromMs);
  grown.fromMs = Math.min(grown.fromMs, fromMs);
  for (const each of occurrences) grown.occurrences.push(each);
}

function stretchOf(occurrence: Occurrence): Stretch {
  const { startMs } = occurrence;
  return { fromMs: startMs, untilMs: startMs + lengthMsOf(occurrence), occurrences: [occurrence] };
}

/** On the output on which it lasts longest. */
function lengthMsOf({ startMs, endsMs }: Occurrence): number {
  return Math.max(...OUTPUTS.map((output) => endsMs[output] - startMs));
}

function firstEndingAfter(stretches: readonly Stretch[], ms: number): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.untilMs ?? 0) > ms) high = middle;
    else low = middle + 1;
  }
  return low;
}
