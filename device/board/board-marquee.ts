import { crc32 } from '../../firmware-protocol/serial/crc32.ts';
import { MAX_STEPS_PER_SECOND } from '../../firmware-protocol/serial/marquee.ts';
import type { Marquee } from '../sign-ports.ts';
import { wholePage } from './board-diff.ts';
import { type DrawLimits, drawRegion } from './board-draw.ts';
import type { BoardRequest } from './board-job.ts';
import { type BoardPage, boardPage } from './board-pixels.ts';

/** A marquee as the board takes it. */
export interface BoardStrip {
  page: BoardPage;
  /** Of the strip's pixels. */
  crc: number;
  marquee: Marquee;
}

export function stripOf(marquee: Marquee): BoardStrip {
  const page = boardPage(marquee.strip);
  return { page, crc: crc32(page.pixels), marquee };
}

/** Sends the strip, once: it is the board that scrolls it. */
export function* stripRequests({ page }: BoardStrip, limits: DrawLimits): Generator<BoardRequest> {
  yield { name: 'strip-begin', body: { width: page.width, height: page.height } };
  for (const body of drawRegion(page, wholePage(page), limits)) yield { name: 'strip-draw', body };
}

/** Lets it run from the next commit on. */
export function runRequest({ crc, marquee }: BoardStrip): BoardRequest {
  const { x, y, width, gapColumns } = marquee;
  const place = { strip: crc, x, y, width, gap: gapColumns, rounds: 0 };
  return { name: 'marquee-run', body: { ...place, ...stepsOf(marquee.pixelsPerSecond) } };
}

/** The fewest pixels a step, so that it glides. */
function stepsOf(pixelsPerSecond: number): { stepsPerSecond: number; stepPixels: number } {
  const stepPixels = Math.max(1, Math.ceil(pixelsPerSecond / MAX_STEPS_PER_SECOND));
  return { stepPixels, stepsPerSecond: Math.max(1, Math.round(pixelsPerSecond / stepPixels)) };
}
