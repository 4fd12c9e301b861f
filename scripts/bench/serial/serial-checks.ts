import type { BenchRow } from '../row.ts';

/** What the wire promises, held against the rows of one run. */
interface Promised {
  /** Begins the name of every row that it holds for. */
  row: string;
  says: string;
  keeps: (row: BenchRow) => boolean;
}

const PROMISED: Promised[] = [
  { row: 'goodput@', says: 'at least 0.97 of the line', keeps: ({ ratio }) => ratio >= 0.97 },
  { row: 'host processor@3000000', says: 'at most 5 % of a processor', keeps: ({ product }) => product <= 5 },
  { row: 'page text bytes@', says: 'every page at most 1/7 of raw', keeps: (row) => worstOf(row) <= 1 / 7 },
  { row: 'page photo bytes@', says: 'every page at most 1.02 of raw', keeps: (row) => worstOf(row) <= 1.02 },
  { row: 'page noise bytes@', says: 'every page at most 1.02 of raw', keeps: (row) => worstOf(row) <= 1.02 },
  {
    row: 'page marquee bytes@',
    says: 'at most 1.15 of its strip, once',
    keeps: ({ ratio }) => ratio <= 1.15,
  },
  // Pings come every half second, and a second more or less of them may fall into the stretch.
  { row: 'marquee running@', says: 'not a byte for a step', keeps: ({ ratio }) => ratio <= 1.25 },
];

function worstOf({ worst, product, floor }: BenchRow): number {
  return (worst ?? product) / floor;
}

export interface Check {
  row: string;
  says: string;
  kept: boolean;
  /** What was measured, as a person reads it. */
  found: string;
}

export function serialChecks(rows: BenchRow[]): Check[] {
  return PROMISED.flatMap(({ row: start, says, keeps }) =>
    rows
      .filter(({ name }) => name.startsWith(start))
      .map((row) => ({ row: row.name, says, kept: keeps(row), found: foundIn(row) })),
  );
}

function foundIn({ product, unit, ratio, worst }: BenchRow): string {
  return `${product} ${unit}, ${ratio} of the floor${worst === undefined ? '' : `, worst ${worst}`}`;
}
