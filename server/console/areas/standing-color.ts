import type { FleetCounts } from './use-area.ts';

/** How an area stands, the worst first; the same three on map, tree and wall, never told by colour alone. */
export type Standing = 'empty' | 'bad' | 'poor' | 'good';

/** Below this share of halls online a province is red: its people would not hear a warning. */
const BAD_BELOW = 0.5;
const POOR_BELOW = 0.9;

export function standingOf({ halls, online, tower_fault }: FleetCounts): Standing {
  if (halls === 0) return 'empty';
  const heard = (online - Math.min(online, tower_fault)) / halls;
  return heard < BAD_BELOW ? 'bad' : heard < POOR_BELOW ? 'poor' : 'good';
}

export const STANDING_COLOR: Record<Standing, string> = {
  empty: 'var(--mantine-color-default-border)',
  bad: 'var(--mantine-color-red-6)',
  poor: 'var(--mantine-color-yellow-5)',
  good: 'var(--mantine-color-green-5)',
};
