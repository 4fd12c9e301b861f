import type { Running, ScreenLayout, Size } from './screen.ts';
import { clustersOf, wordsOf } from './words.ts';

/**
 * Someone on a motorbike must first find the sign, then read. Thai read aloud in one's head runs at some 12 clusters
 * a second for the practised; signs are for everyone. No screen stands less than two seconds, the least that road signs of
 * several phases are allowed (MUTCD 2009, 2L.05): a screen of one word was gone in 1.3.
 */
const READING = { findMs: 1_200, perClusterMs: 90, leastMs: 2_000 } as const;

/** How long each screen of a page stands: its share of the page's time, never less than it takes to read. */
export function standingMs(screens: ScreenLayout[], pageSeconds: number): number[] {
  const share = (pageSeconds * 1_000) / screens.length;
  return screens.map((screen) => Math.round(Math.max(share, readingMs(screen))));
}

function readingMs(screen: ScreenLayout): number {
  const clusters = screen.lines.reduce((sum, line) => sum + clustersOf(line.text).length, 0);
  return Math.max(READING.leastMs, READING.findMs + READING.perClusterMs * clusters);
}

/** Where one screen of many says so little, or on so few rows, the eye has forgotten its beginning at the end of the sentence. */
const TOO_LITTLE = { rows: 24, words: 2 } as const;

/** Whether a sign that can would better let the words run through. */
export function showsTooLittle(screens: ScreenLayout[], { height }: Size): boolean {
  if (screens.length < 2) return false;
  const said = screens.flatMap(({ lines }) => lines.flatMap(({ text }) => wordsOf(text)));
  return height < TOO_LITTLE.rows || said.length < TOO_LITTLE.words * screens.length;
}

/** How long strips run: each the same number of whole runs, at least one, and together as long as the page stands. */
export function runningMs(screens: ScreenLayout[], pageSeconds: number): number[] {
  const once = screens.map(({ running }) => (running === undefined ? 0 : runMs(running)));
  const all = once.reduce((sum, ms) => sum + ms, 0);
  const runs = Math.max(1, Math.ceil((pageSeconds * 1_000) / all));
  return once.map((ms) => runs * ms);
}

/** From the first column that comes in on the right to the last that goes out on the left: the next start is due then. */
function runMs({ strip, width, gapColumns, pixelsPerSecond }: Running): number {
  return Math.ceil((1_000 * (strip.width + Math.max(width, gapColumns))) / pixelsPerSecond);
}
