import { writeFile } from 'node:fs/promises';
import { boardPage } from '../../../device/board/board-pixels.ts';
import { backTurns, type QuarterTurns, rotated } from '../../../device/panel/geometry/rotation.ts';
import { onLamps } from '../../../device/panel/picture/on-lamps.ts';
import { pngOf } from '../../../device/panel/picture/png.ts';
import type { Bitmap, Marquee, PaintedScreen } from '../../../device/sign-ports.ts';
import { crc32, crcHex } from '../../../firmware-protocol/serial/crc32.ts';
import { unwritable } from '../../cli/named-files.ts';
import type { Cli } from '../../cli.ts';
import { previewOf } from './render-preview.ts';

interface Files {
  png: string;
  preview?: string;
  scale: number;
  turns: QuarterTurns;
}

interface WrittenScreen {
  png: string;
  ms: number;
  crc: string;
  marquee?: Omit<Marquee, 'strip'> & { png: string; columns: number; crc: string };
}

/** One PNG a screen, as the sign takes it, and one for the strip of a marquee. The document of the verb. */
export async function writeScreens(painted: PaintedScreen[], files: Files, cli: Cli): Promise<object> {
  const shown = painted.map((screen) => asHung(screen, files.turns));
  const screens: WrittenScreen[] = [];
  for (const [index, { bitmap, marquee, ms }] of shown.entries()) {
    const png = numbered(files.png, index);
    await write(png, pngOf(bitmap, files.scale));
    const strip = marquee && (await writeStrip(marquee, png, files.scale));
    screens.push({ png, ms, crc: crcOf(bitmap), ...(strip && { marquee: strip }) });
  }
  if (files.preview !== undefined) await write(files.preview, await previewOf(shown, files.scale));
  for (const screen of screens) tell(screen, cli);
  const [first] = shown;
  return {
    width: first?.bitmap.width,
    height: first?.bitmap.height,
    screens,
    ...(files.preview !== undefined && { preview: files.preview }),
  };
}

function tell({ png, ms, crc, marquee }: WrittenScreen, cli: Cli): void {
  const s = cli.text({ en: 's', th: 'วินาที' });
  cli.say(`${png}  ${(ms / 1000).toFixed(1)} ${s}  crc ${crc}`);
  if (marquee === undefined) return;
  const { columns, pixelsPerSecond } = marquee;
  cli.tell({
    en: `${marquee.png}  a strip of ${columns} columns, ${pixelsPerSecond} a second`,
    th: `${marquee.png}  แถบเลื่อน ${columns} คอลัมน์ ${pixelsPerSecond} คอลัมน์ต่อวินาที`,
  });
}

async function writeStrip(
  { strip, ...where }: Marquee,
  png: string,
  scale: number,
): Promise<WrittenScreen['marquee']> {
  const file = png.replace(/(\.[^./]*)?$/, (ending) => `-marquee${ending}`);
  await write(file, pngOf(strip, scale));
  return { png: file, columns: strip.width, crc: crcOf(strip), ...where };
}

/** What the lamps of the sign shine, in its own frame: the upper bits of each colour, full where all are set. */
function asHung({ bitmap, marquee, ms }: PaintedScreen, turns: QuarterTurns): PaintedScreen {
  const own = rotated(bitmap, backTurns(turns));
  return {
    bitmap: onLamps(own),
    ms,
    ...(marquee && { marquee: { ...marquee, strip: onLamps(marquee.strip) } }),
  };
}

function crcOf(bitmap: Bitmap): string {
  return crcHex(crc32(boardPage(bitmap).pixels));
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(path, bytes).catch(unwritable(path));
}

function numbered(file: string, index: number): string {
  return index === 0 ? file : file.replace(/(\.[^./]*)?$/, (ending) => `-${index + 1}${ending}`);
}
