import { createInterface } from 'node:readline';
import { isDeviceError } from '../errors.ts';
import { drawScreen, type Ground, type Mask } from '../panel/layout/canvas.ts';
import { compose } from '../panel/layout/compose.ts';
import type { FontMetrics } from '../panel/layout/font-metrics.ts';
import type { PlacedLine, Running, ScreenLayout } from '../panel/layout/screen.ts';
import type { Bitmap, Marquee, PaintedScreen, PaintRequest } from '../sign-ports.ts';
import { PageFigures } from './text-painter-figures.ts';
import { readSignFont } from './text-painter-fonts.ts';
import { MaskMaker } from './text-painter-masks.ts';
import { encodeAnswer, type PaintFailure, type PaintJob } from './text-painter-wire.ts';

/**
 * The painter: a process of its own, because the font engine would cost the agent 30 MB for ever. Reads jobs from
 * stdin, writes answers to stdout, ends when stdin ends.
 */

async function paint(request: PaintRequest, font: FontMetrics, masks: MaskMaker): Promise<PaintedScreen[]> {
  const screens: PaintedScreen[] = [];
  const page = await PageFigures.of(request);
  const composed = compose(request, font, page.figures);
  for (const { layout, plates, ms } of composed) {
    const bitmap = await draw(layout, request, masks);
    const words = {
      bitmap,
      ms,
      ...(layout.running && { marquee: await run(layout.running, request, masks) }),
    };
    screens.push(...(await page.hang(words, plates, composed.length)));
  }
  return screens;
}

async function draw(layout: ScreenLayout, ground: Ground, masks: MaskMaker): Promise<Bitmap> {
  const drawn = new Map<PlacedLine, Mask>();
  for (const line of layout.lines) drawn.set(line, await masks.mask(line.text, line.px));
  return drawScreen(layout, ground, drawn);
}

async function run(
  { strip, left, top, ...moves }: Running,
  { depth }: Ground,
  masks: MaskMaker,
): Promise<Marquee> {
  const { width, height } = strip;
  return { ...moves, x: left, y: top, strip: await draw(strip, { width, height, depth }, masks) };
}

/** What a page is at fault for keeps its code. */
function failureOf(error: unknown): PaintFailure {
  if (!isDeviceError(error)) return { why: wordsOf(error) };
  const { why, why_th } = error.context;
  return { code: error.code, why: String(why), ...(typeof why_th === 'string' && { why_th }) };
}

/** The error and what led to it: nothing else of it reaches the agent's log. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error) || error.cause === undefined) return String(error);
  return `${error}, because of ${wordsOf(error.cause)}`;
}

async function main(): Promise<void> {
  const font = readSignFont();
  const masks = await MaskMaker.start(font);

  for await (const line of createInterface({ input: process.stdin })) {
    // From the agent that started this process, built from the same sources: not outside data.
    const { id, request }: PaintJob = JSON.parse(line);
    const answer = await paint(request, font, masks).then(
      (screens) => ({ id, screens }),
      (error: unknown) => ({ id, screens: [], error: failureOf(error) }),
    );
    process.stdout.write(encodeAnswer(answer));
  }
}

await main();
