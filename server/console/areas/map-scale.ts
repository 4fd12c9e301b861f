import { HALL_FILTERS, type HallFilter } from '../../../firmware-protocol/mqtt/hall-list.ts';
import { COUNT_KINDS } from './count-kinds.ts';
import type { FleetCounts } from './use-area.ts';

/** What a map is coloured by: who would be heard now, or one of the counts. */
export const MAP_COLORINGS = ['heard', ...HALL_FILTERS] as const;
export type MapColoring = 'heard' | HallFilter;

/** How an area stands, the same on map, tree and wall, never told by colour alone. */
export const STANDINGS = ['good', 'poor', 'bad', 'empty'] as const;
export type Standing = (typeof STANDINGS)[number];

interface Scale {
  /** Halls of the area that are so. */
  count: (counts: FleetCounts) => number;
  /** Whether many of them are good, or none. */
  wanted: 'many' | 'none';
  /** Shares of the halls: of what is wanted, below these; of what is not, above these. */
  poor: number;
  bad: number;
}

/** Below the half a warning does not reach the people. */
const REACHED = { wanted: 'many', poor: 0.9, bad: 0.5 } as const;
/** One fault is one too many; of a tenth it is no longer this box or that. */
const FAULTY = { wanted: 'none', poor: 0, bad: 0.1 } as const;
const SILENT = { wanted: 'none', poor: 0.1, bad: 0.5 } as const;

const heard = ({ online, tower_fault }: FleetCounts) => online - Math.min(online, tower_fault);

export const scaleOf = (coloring: MapColoring): Scale => ({
  count: COUNT_KINDS.find(({ kind }) => kind === coloring)?.count ?? heard,
  ...(coloring === 'heard' || coloring === 'online' ? REACHED : coloring === 'silent' ? SILENT : FAULTY),
});

export function standingOf(counts: FleetCounts, coloring: MapColoring = 'heard'): Standing {
  if (counts.halls === 0) return 'empty';
  const { count, wanted, poor, bad } = scaleOf(coloring);
  const share = count(counts) / counts.halls;
  const isBeyond = (limit: number) => (wanted === 'many' ? share < limit : share > limit);
  return isBeyond(bad) ? 'bad' : isBeyond(poor) ? 'poor' : 'good';
}

export const STANDING_COLOR: Record<Standing, string> = {
  empty: 'var(--mantine-color-default-border)',
  good: 'var(--mantine-color-green-5)',
  poor: 'var(--mantine-color-yellow-5)',
  bad: 'var(--mantine-color-red-6)',
};
