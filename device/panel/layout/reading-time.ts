import type { ScreenLayout } from './screen.ts';
import { clustersOf } from './words.ts';

/**
 * Someone on a motorbike must first find the sign, then read. Thai read aloud in one's head runs at some 12 clusters
 * a second for the practised; signs are for everyone.
 */
const READING = { findMs: 1_200, perClusterMs: 90 } as const;

/** How long each screen of a page stands: its share of the page's time, never less than it takes to read. */
export function standingMs(screens: ScreenLayout[], pageSeconds: number): number[] {
  const share = (pageSeconds * 1_000) / screens.length;
  return screens.map((screen) => Math.round(Math.max(share, readingMs(screen))));
}

function readingMs(screen: ScreenLayout): number {
  const clusters = screen.lines.reduce((sum, line) => sum + clustersOf(line.text).length, 0);
  return READING.findMs + READING.perClusterMs * clusters;
}
