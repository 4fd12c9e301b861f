import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pngOf } from '../../../device/panel/picture/png.ts';
import { ANNOUNCEMENT_LIMITS } from '../../../firmware-protocol/content/announcement.ts';
import { crc32 } from '../../../firmware-protocol/serial/crc32.ts';
import { ChildPictureMaker } from '../../../server/drivers/media/picture-maker.ts';
import { bundlePictureMaker } from '../child-bundle.ts';

let folder: string;
let maker: ChildPictureMaker;
let childPath: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'prakat-maker-'));
  childPath = await bundlePictureMaker('picture-maker');
  maker = new ChildPictureMaker(() => childPath);
});
afterAll(async () => {
  await maker.close();
  rmSync(folder, { recursive: true, force: true });
});

async function prepared(bytes: Uint8Array) {
  const [from, to] = [join(folder, 'upload'), join(folder, 'prepared')];
  writeFileSync(from, bytes);
  return { made: await maker.prepare(from, to), bytes: readFileSync(to), path: to };
}

/** Like a photo: no two neighbours alike. */
const photo = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: '#808080', noise: { type: 'gaussian', sigma: 40 } },
  });
const drawing = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: '#ff000080' } });

describe('what halls fetch', () => {
  test('a photo of a phone: small, upright, without where it was taken', async () => {
    const jpeg = await photo(1_600, 1_200)
      .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '17/1 52/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { made, bytes } = await prepared(jpeg);
    expect(made).toEqual({ width: 384, height: 512, frames: 1, type: 'image/jpeg' });
    const read = await sharp(bytes).metadata();
    expect([read.width, read.height, read.exif, read.orientation]).toEqual([384, 512, undefined, undefined]);
  });

  test('a drawing with holes stays exact, and as it is where it is small', async () => {
    const { made, bytes } = await prepared(await drawing(40, 30).png().toBuffer());
    expect(made).toEqual({ width: 40, height: 30, frames: 1, type: 'image/png' });
    const raw = (png: Uint8Array) => sharp(png).ensureAlpha().raw().toBuffer();
    expect(await raw(bytes)).toEqual(await raw(await drawing(40, 30).png().toBuffer()));
  });

  test('the same upload makes the same bytes, so it is fetched once', async () => {
    const png = await photo(700, 300).png().toBuffer();
    expect((await prepared(png)).bytes.equals((await prepared(png)).bytes)).toBe(true);
  });

  test('an animation keeps its frames and their times, within what a hall decodes', async () => {
    const frames = await Promise.all(
      ['#f00', '#0f0', '#00f'].map((background) =>
        sharp({ create: { width: 800, height: 600, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const gif = await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 200, 300] })
      .toBuffer();
    const { made, bytes } = await prepared(gif);
    expect(made).toEqual({ width: 512, height: 384, frames: 3, type: 'image/gif' });
    expect(await sharp(bytes, { pages: -1 }).metadata()).toMatchObject({ pages: 3, delay: [100, 200, 300] });
    expect(bytes.length).toBeLessThanOrEqual(ANNOUNCEMENT_LIMITS.pictureBytes);
  });
});

describe('what is refused', () => {
  const wall = () => {
    const png = pngOf({ width: 1, height: 1, rgb: new Uint8Array(3) });
    png.writeUInt32BE(40_000, 16);
    png.writeUInt32BE(40_000, 20);
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    return png;
  };
  const files: [string, string, () => Promise<Buffer> | Buffer][] = [
    ['nothing', 'upload-not-picture', () => Buffer.alloc(0)],
    ['a text', 'upload-not-picture', () => Buffer.from('ประกาศ')],
    [
      'a drawing of letters (SVG)',
      'upload-not-picture',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
    ['a WebP', 'upload-not-picture', () => drawing(9, 9).webp().toBuffer()],
    [
      'half a photo',
      'upload-not-picture',
      async () => (await photo(300, 300).jpeg().toBuffer()).subarray(0, 9_000),
    ],
    ['a head that claims 1,600 megapixels', 'upload-picture-too-large', wall],
  ];
  test.each(files)('%s', async (_, code, make) => {
    await expect(prepared(await make())).rejects.toMatchObject({ code });
  });

  test('a process that hangs is killed at its deadline', async () => {
    const hanging = join(folder, 'hangs.mjs');
    writeFileSync(hanging, 'setInterval(() => {}, 1000);');
    const impatient = new ChildPictureMaker(() => hanging, 300);
    await expect(impatient.prepare(join(folder, 'upload'), join(folder, 'out'))).rejects.toMatchObject({
      code: 'picture-hung',
    });
  });

  test('a process that dies says its last words', async () => {
    const dying = join(folder, 'dies.mjs');
    writeFileSync(dying, "console.error('out of luck'); process.exit(3);");
    const luckless = new ChildPictureMaker(() => dying);
    await expect(luckless.prepare('a', 'b')).rejects.toMatchObject({
      code: 'picture-failed',
      context: { why: 'out of luck' },
    });
  });
});
