import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { ChildTextPainter } from '../../device/drivers/text-painter.ts';
import { textPainterChildPath } from '../../device/drivers/text-painter-path.ts';
import { type BoardPage, boardPage } from '../../device/panel/board-pixels.ts';
import type { Bitmap } from '../../device/ports.ts';
import { Page } from '../../firmware-protocol/content/announcement.ts';
import { Band } from '../../firmware-protocol/content/band.ts';
import { crc32, crcHex } from '../../firmware-protocol/serial/crc32.ts';
import { type Cli, Misused } from '../cli.ts';
import { pngOf } from '../virtual-village/png.ts';

interface RenderOptions {
  text: string;
  title?: string;
  hotline?: string;
  size: string;
  png: string;
  band: string;
  seconds: string;
  scale: string;
}

/** Wider and higher than any sign met in the field. */
const LARGEST_SIGN = { width: 1024, height: 512 } as const;
const LARGEST_SCALE = 32;

/** `prakat panel`: what a sign will show, without a sign. */
export function register(program: Command, cli: Cli): void {
  registerPanel(program, cli, textPainterChildPath);
}

/** The same with a painter from elsewhere. */
export function registerPanel(program: Command, cli: Cli, childPath: () => string): void {
  const panel = program.command('panel').description('signs: text to pixels / ป้าย: ข้อความเป็นภาพ');
  panel
    .command('render')
    .description('the very pixels that a page sends to a sign, as PNG / ภาพตรงตามที่ส่งไปยังป้าย')
    .requiredOption('--text <text>', 'what the page says')
    .option('--title <title>', 'its head')
    .option('--hotline <hotline>', 'a number to call, kept on one line')
    .option('--size <WxH>', 'lamps of the sign', '128x64')
    .option(
      '--band <band>',
      'rung of the priority ladder, for the colours: 90 alert, 60 urgent, 40 scheduled',
      '40',
    )
    .option('--seconds <n>', 'how long the page stands', '10')
    .option('--scale <n>', 'each lamp as a square of n pixels', '1')
    .option('--png <file>', 'the first screen; the others are file-2.png, …', 'page.png')
    .action((options: RenderOptions) => render(options, cli, childPath()));
}

async function render(options: RenderOptions, cli: Cli, childPath: string): Promise<void> {
  const page = readPage(options);
  const size = readSize(options.size);
  const scale = readWhole('--scale', options.scale, LARGEST_SCALE);
  const band = Band.safeParse(Number(options.band));
  if (!band.success) throw new Misused('--band is one of 90 80 70 60 50 40 20 0');

  const painter = new ChildTextPainter({ childPath });
  try {
    const painted = await painter.paint({ ...size, content: { type: 'page', page, band: band.data } });
    const screens = painted.map(({ bitmap, ms }, index) => {
      const sent = boardPage(bitmap);
      const png = numbered(options.png, index);
      writeFileSync(png, pngOf(asLamps(sent), scale));
      return { png, ms, crc: crcHex(crc32(sent.pixels)) };
    });
    for (const { png, ms, crc } of screens) cli.say(`${png}  ${(ms / 1000).toFixed(1)} s  crc ${crc}`);
    cli.print({ ...size, screens });
  } finally {
    painter.close();
  }
}

function readPage({ text, title, hotline, seconds }: RenderOptions): Page {
  const said = {
    text: text.replaceAll('\\n', '\n'),
    seconds: Number(seconds),
    ...(title && { title }),
    ...(hotline && { hotline }),
  };
  const page = Page.safeParse(said);
  if (page.success) return page.data;
  const fault = page.error.issues[0];
  throw new Misused(`--${fault?.path.join('.')}: ${fault?.message}`);
}

function readSize(text: string): { width: number; height: number } {
  const [, width, height] = /^(\d{1,4})x(\d{1,4})$/.exec(text) ?? [];
  const size = { width: Number(width), height: Number(height) };
  const fits =
    size.width >= 16 &&
    size.height >= 16 &&
    size.width <= LARGEST_SIGN.width &&
    size.height <= LARGEST_SIGN.height;
  if (!fits)
    throw new Misused(`--size is WIDTHxHEIGHT, from 16x16 to ${LARGEST_SIGN.width}x${LARGEST_SIGN.height}`);
  return size;
}

function readWhole(option: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new Misused(`${option} is a whole number from 1 to ${most}`);
  return value;
}

function numbered(file: string, index: number): string {
  return index === 0 ? file : file.replace(/(\.[^./]*)?$/, (ending) => `-${index + 1}${ending}`);
}

/** RGB565 as it shines: the low bits repeat the high ones, so that full stays full. */
function asLamps({ width, height, pixels }: BoardPage): Bitmap {
  const rgb = new Uint8Array(width * height * 3);
  for (let lamp = 0; lamp < width * height; lamp++) {
    const [high = 0, low = 0] = pixels.subarray(2 * lamp, 2 * lamp + 2);
    const [red, green, blue] = [high >>> 3, ((high & 7) << 3) | (low >>> 5), low & 0x1f];
    rgb.set([(red << 3) | (red >>> 2), (green << 2) | (green >>> 4), (blue << 3) | (blue >>> 2)], 3 * lamp);
  }
  return { width, height, rgb };
}
