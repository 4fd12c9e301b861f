import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DeviceError } from '../../errors.ts';
import { pngOf } from '../../panel/picture/png.ts';
import type { Bitmap, Depth, Marquee, ShownPage } from '../../sign-ports.ts';
import { PlainPanel } from '../../signs/plain-panel.ts';
import { checkSize, checkStill, LIT_FROM, shownPage } from '../../signs/sign-page.ts';
import { replaceFile } from '../atomic-file.ts';

const NAME = /^page-(\d{6,})\.png$/;
const NAME_DIGITS = 6;
const FOR_ALL_TO_READ = 0o644;

export interface PngPanelOptions {
  folder: string;
  size: { width: number; height: number };
  depth: Depth;
  /** So many pages are kept, the oldest go. */
  keep: number;
}

/** A sign that is a folder: page-000001.png and so on, one pixel a lamp, each whole or not there. */
export class PngPanel extends PlainPanel {
  readonly #options: PngPanelOptions;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: PngPanelOptions) {
    super(options.size, { pixels: true, depth: options.depth, brightness: false });
    this.#options = options;
  }

  /** Rejects `panel-gone` where the folder cannot be written. */
  async show(page: Bitmap, marquee?: Marquee): Promise<ShownPage> {
    checkSize(page, this);
    checkStill(marquee);
    const { width, height } = this;
    const rgb = asLamps(page.rgb, this.#options.depth);
    const written = this.#turn.then(() => this.#write({ width, height, rgb }));
    this.#turn = written.catch(() => {});
    await written;
    return shownPage(rgb);
  }

  async blank(): Promise<void> {
    const { width, height } = this;
    await this.show({ width, height, rgb: new Uint8Array(width * height * 3) });
  }

  async #write(page: Bitmap): Promise<void> {
    const { folder, keep } = this.#options;
    try {
      await mkdir(folder, { recursive: true });
      const numbers = (await readdir(folder))
        .map((name) => Number(NAME.exec(name)?.[1]))
        .filter((number) => !Number.isNaN(number))
        .sort((a, b) => a - b);
      const next = (numbers.at(-1) ?? 0) + 1;
      await replaceFile(join(folder, nameOf(next)), pngOf(page), FOR_ALL_TO_READ);
      const spare = numbers.slice(0, Math.max(0, numbers.length + 1 - keep));
      await Promise.all(spare.map((number) => rm(join(folder, nameOf(number)), { force: true })));
    } catch (cause) {
      throw new DeviceError('panel-gone', { folder }, cause);
    }
  }
}

function nameOf(number: number): string {
  return `page-${String(number).padStart(NAME_DIGITS, '0')}.png`;
}

/** What lamps of this depth make of a page; with shades every value of RGB888 is kept. */
function asLamps(rgb: Uint8Array, depth: Depth): Uint8Array {
  if (depth === 'rgb565') return rgb.slice();
  const lit = rgb.map((value) => (value >= LIT_FROM ? 255 : 0));
  if (depth === 'rgb111') return lit;
  return lit.map((_value, at) => {
    const pixel = at - (at % 3);
    return lit.subarray(pixel, pixel + 3).includes(255) ? 255 : 0;
  });
}
