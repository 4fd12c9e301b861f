import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { PngPanel } from '../../../device/drivers/pictures/png-panel.ts';
import type { Bitmap, Depth } from '../../../device/sign-ports.ts';
import { countingPage } from './panel-pages.ts';
import { panelSuite } from './panel-suite.ts';

const SIZE = { width: 96, height: 48 };

const DEPTHS: Record<Depth, (page: Bitmap) => Bitmap> = {
  rgb565: (page) => page,
  rgb111: (page) => ({ ...page, rgb: page.rgb.map((value) => (value < 128 ? 0 : 255)) }),
  mono: ({ rgb, ...size }) => ({
    ...size,
    rgb: rgb.map((_value, at) => {
      const first = Math.floor(at / 3) * 3;
      return Math.max(...rgb.subarray(first, first + 3)) < 128 ? 0 : 255;
    }),
  }),
};

for (const depth of ['rgb565', 'rgb111', 'mono'] as const)
  panelSuite(`PNG files, ${depth}`, {
    seen: DEPTHS[depth],
    open: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'prakat-png-'));
      return {
        panel: new PngPanel({ folder, size: SIZE, depth, keep: 5 }),
        lamps: () => newestIn(folder),
        close: () => rm(folder, { recursive: true, force: true }),
      };
    },
  });

test('only so many pages are kept, numbered on, and never half a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-png-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const options = { folder, size: SIZE, depth: 'rgb565', keep: 3 } as const;
  for (let count = 1; count <= 4; count++) await new PngPanel(options).show(countingPage(SIZE, count));
  await new PngPanel(options).show(countingPage(SIZE, 5));
  expect(await readdir(folder)).toEqual(['page-000003.png', 'page-000004.png', 'page-000005.png']);
  expect((await newestIn(folder)).rgb).toEqual(countingPage(SIZE, 5).rgb);
});

test('a folder that cannot be written is a sign that is gone', async () => {
  const panel = new PngPanel({ folder: '/dev/null/pages', size: SIZE, depth: 'rgb565', keep: 3 });
  await expect(panel.show(countingPage(SIZE, 1))).rejects.toMatchObject({ code: 'panel-gone' });
});

/** Read by another hand than the one that wrote it. */
async function newestIn(folder: string): Promise<Bitmap> {
  const newest = (await readdir(folder)).sort().at(-1) ?? '';
  const { data, info } = await sharp(join(folder, newest))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: Uint8Array.from(data) };
}
