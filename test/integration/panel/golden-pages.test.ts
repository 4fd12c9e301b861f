import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ChildTextPainter } from '../../../device/drivers/painter/text-painter.ts';
import { images } from '../../../device/drivers/pictures/sharp.ts';
import { pngOf } from '../../../device/panel/picture/png.ts';
import type { Bitmap } from '../../../device/sign-ports.ts';
import { bundlePainterChild } from '../child-bundle.ts';
import { announcedPages } from './announced-pages.ts';
import { sheetOf } from './screen-sheet.ts';

/**
 * What the painter makes of every announcement, lamp by lamp, as pictures that people have looked at. Meant changes are
 * written with `PRAKAT_GOLDEN=write scripts/test test/integration/panel/golden-pages.test.ts`, looked at, and committed.
 */
const GOLDEN = 'test/integration/panel/golden';
const writes = process.env.PRAKAT_GOLDEN === 'write';
/** Where the picture of a failed page is put, beside the one that it should be. */
const SEEN = 'dist/test/golden-pages/seen';

let painter: ChildTextPainter;
beforeAll(async () => {
  painter = new ChildTextPainter({ childPath: await bundlePainterChild('golden-pages') });
});
afterAll(() => painter.close());

test.each(announcedPages())('$name is painted as it was looked at', async ({ name, request }) => {
  const sheet = sheetOf(await painter.paint(request));
  const golden = join(GOLDEN, `${name}.png`);
  if (writes) save(golden, sheet);
  const unlike = unlikeLamps(sheet, await readPicture(golden));
  if (unlike !== 0) save(join(SEEN, `${name}.png`), sheet);
  expect(unlike, `lamps unlike ${golden}; what was painted is ${join(SEEN, `${name}.png`)}`).toBe(0);
});

test('every golden picture is of a page: none is left of one that is no more', () => {
  const names = announcedPages().map(({ name }) => name);
  const kept = readdirSync(GOLDEN, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.png'),
  );
  expect(kept.map((path) => path.replace(/\.png$/, '')).sort()).toEqual(names.sort());
});

function save(path: string, picture: Bitmap): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, pngOf(picture));
}

async function readPicture(path: string): Promise<Bitmap | undefined> {
  if (!existsSync(path)) return undefined;
  const { data, info } = await images(readFileSync(path)).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: data };
}

/** Lamps that shine unlike; all of them where the pictures are not of one size. */
function unlikeLamps(seen: Bitmap, golden: Bitmap | undefined): number {
  if (seen.width !== golden?.width || seen.height !== golden.height) return seen.width * seen.height;
  let count = 0;
  for (let at = 0; at < seen.rgb.length; at += 3) {
    if ([0, 1, 2].some((channel) => seen.rgb[at + channel] !== golden.rgb[at + channel])) count++;
  }
  return count;
}
