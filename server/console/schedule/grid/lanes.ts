/** Things that touch each other stand side by side. */
export interface Laned<T> {
  item: T;
  /** From the left, 0 first. */
  lane: number;
  /** Of the bunch that it stands in. */
  lanes: number;
}

interface Span {
  from: number;
  until: number;
}

/**
 * Lanes for spans in order of their start. `least`: how long the shortest is drawn, in the unit of the spans, so that words find room. Beyond
 * `most` lanes the rest of a bunch is told as a number where it begins.
 */
export function inLanes<T extends Span>(
  items: readonly T[],
  least: number,
  most: number,
): { laned: Laned<T>[]; more: { from: number; items: T[] }[] } {
  const laned: Laned<T>[] = [];
  const more: { from: number; items: T[] }[] = [];
  for (const bunch of bunchesOf(items, least)) {
    const ends: number[] = [];
    const placed: { item: T; lane: number }[] = [];
    const rest: T[] = [];
    for (const item of bunch) {
      const free = ends.findIndex((end) => end <= item.from);
      const lane = free === -1 ? ends.length : free;
      if (lane >= most) rest.push(item);
      else {
        ends[lane] = drawnUntil(item, least);
        placed.push({ item, lane });
      }
    }
    for (const each of placed) laned.push({ ...each, lanes: ends.length });
    const [first] = rest;
    if (first !== undefined) more.push({ from: first.from, items: rest });
  }
  return { laned, more };
}

/** Those that touch one another, over others too. */
function bunchesOf<T extends Span>(items: readonly T[], least: number): T[][] {
  const bunches: T[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    if (item.from >= end) bunches.push([]);
    bunches.at(-1)?.push(item);
    end = Math.max(end, drawnUntil(item, least));
  }
  return bunches;
}

function drawnUntil({ from, until }: Span, least: number): number {
  return Math.max(until, from + least);
}
