import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPicture, readPictureHead } from '../../../device/drivers/pictures/picture-file.ts';
import { pngOf } from '../../../device/panel/picture/png.ts';
import { ANNOUNCEMENT_LIMITS } from '../../../firmware-protocol/content/announcement.ts';
import { crc32 } from '../../../firmware-protocol/serial/crc32.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'prakat-picture-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const save = (name: string, bytes: Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

/** Upper half red, lower half blue, 60 x 40: tells which way is up, and red from blue. */
const flag = () =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#c00000' } }).composite([
    { input: { create: { width: 60, height: 20, channels: 3, background: '#0000c0' } }, top: 20, left: 0 },
  ]);

async function frames(path: string, size?: { width: number; height: number }) {
  const head = await readPictureHead(path);
  return readPicture(path, head, size ?? { width: head.width, height: head.height });
}

/** The strongest colour of a pixel, or what it is otherwise. */
function colourAt({ rgba, width }: { rgba: Uint8Array; width: number }, x: number, y: number): string {
  const [red = 0, green = 0, blue = 0, there = 0] = rgba.subarray(
    4 * (y * width + x),
    4 * (y * width + x) + 4,
  );
  if (there < 128) return 'nothing';
  if (red > 2 * Math.max(green, blue)) return 'red';
  return blue > 2 * Math.max(red, green) ? 'blue' : 'other';
}

describe('what people send', () => {
  const kinds: [string, () => Promise<Buffer>][] = [
    ['JPEG', () => flag().jpeg().toBuffer()],
    ['JPEG of four inks', () => flag().toColourspace('cmyk').jpeg().toBuffer()],
    ['PNG', () => flag().png().toBuffer()],
    ['PNG with a palette', () => flag().png({ palette: true }).toBuffer()],
    ['PNG of 16 bits', () => flag().toColourspace('rgb16').png().toBuffer()],
    [
      'interlaced PNG with a colour profile',
      () => flag().withIccProfile('p3').png({ progressive: true }).toBuffer(),
    ],
    ['GIF', () => flag().gif().toBuffer()],
  ];
  test.each(kinds)('%s', async (name, make) => {
    const path = save(name, await make());
    expect(await readPictureHead(path)).toEqual({ width: 60, height: 40, delaysMs: [0] });
    const [frame] = await frames(path, { width: 30, height: 20 });
    if (frame === undefined) throw new Error('no frame');
    expect([colourAt(frame, 15, 4), colourAt(frame, 15, 15)]).toEqual(['red', 'blue']);
  });

  test('a photo taken on its side stands upright', async () => {
    // 6: the camera was turned; the right side of the file is the bottom.
    const path = save(
      'side.jpg',
      await flag().jpeg().withExif({}).withMetadata({ orientation: 6 }).toBuffer(),
    );
    expect(await readPictureHead(path)).toMatchObject({ width: 40, height: 60 });
    const [frame] = await frames(path);
    if (frame === undefined) throw new Error('no frame');
    expect([frame.width, frame.height]).toEqual([40, 60]);
    expect([colourAt(frame, 35, 30), colourAt(frame, 5, 30)]).toEqual(['red', 'blue']);
  });

  test('holes stay holes', async () => {
    const spot = sharp({ create: { width: 20, height: 20, channels: 4, background: '#00000000' } }).composite(
      [{ input: { create: { width: 10, height: 20, channels: 4, background: '#f00f' } }, left: 0, top: 0 }],
    );
    const [frame] = await frames(save('holes.png', await spot.png().toBuffer()));
    if (frame === undefined) throw new Error('no frame');
    expect([colourAt(frame, 2, 5), colourAt(frame, 15, 5)]).toEqual(['red', 'nothing']);
  });

  test('an animated GIF: all frames, each with its time', async () => {
    const blue = await sharp({ create: { width: 8, height: 6, channels: 3, background: '#00f' } })
      .png()
      .toBuffer();
    const red = await sharp({ create: { width: 8, height: 6, channels: 3, background: '#f00' } })
      .png()
      .toBuffer();
    const gif = await sharp([blue, red, blue], { join: { animated: true } })
      .gif({ delay: [100, 250, 40] })
      .toBuffer();
    const path = save('moves.gif', gif);
    expect(await readPictureHead(path)).toEqual({ width: 8, height: 6, delaysMs: [100, 250, 40] });
    const shown = await frames(path, { width: 16, height: 12 });
    expect(shown.map((frame) => colourAt(frame, 8, 6))).toEqual(['blue', 'red', 'blue']);
  });
});

test('scaled in light: a fine black and white mesh becomes as bright as its half', async () => {
  const mesh = Uint8Array.from({ length: 3 * 64 * 64 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return ((pixel % 64) + Math.floor(pixel / 64)) % 2 === 0 ? 255 : 0;
  });
  const [frame] = await frames(save('mesh.png', pngOf({ width: 64, height: 64, rgb: mesh })), {
    width: 16,
    height: 16,
  });
  // 188 is half of the light; 128 would be a fifth.
  const [red] = frame?.rgba.subarray(4 * (8 * 16 + 8)) ?? [];
  expect(red).toBeGreaterThan(184);
  expect(red).toBeLessThan(192);
});

describe('what does not become a picture', () => {
  const photo = () =>
    sharp({
      create: {
        width: 200,
        height: 200,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', sigma: 40 },
      },
    });
  const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);
  const headOf = (width: number, height: number) => {
    const png = pngOf({ width: 1, height: 1, rgb: new Uint8Array(3) });
    png.writeUInt32BE(width, 16);
    png.writeUInt32BE(height, 20);
    // Its CRC (PNG, 5.3) written anew, so that the size is what a reader stumbles over.
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    return png;
  };
  const files: [string, () => Promise<Buffer> | Buffer][] = [
    ['an empty file', () => Buffer.alloc(0)],
    ['a text', () => Buffer.from('ประกาศ')],
    [
      'a drawing of letters (SVG)',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ],
    ['a TIFF', () => flag().tiff().toBuffer()],
    ['a WebP', () => flag().webp().toBuffer()],
    ['half a JPEG', async () => half(await photo().jpeg().toBuffer())],
    ['half a PNG', async () => half(await photo().png().toBuffer())],
    ['half a GIF', async () => half(await photo().gif().toBuffer())],
    ['a PNG of 0 x 0', () => headOf(0, 0)],
    ['a head that claims a wall of pixels', () => headOf(50_000, 50_000)],
    ['one pixel row too many', () => headOf(4_096, ANNOUNCEMENT_LIMITS.picturePixels / 4_096 + 1)],
  ];
  test.each(files)('%s', async (name, make) => {
    const path = save(`bad ${name}`, await make());
    await expect(frames(path)).rejects.toMatchObject({ code: 'picture-undecodable' });
  });

  test('an animation whose frames together are too many pixels, though each is small', async () => {
    // One dark frame of 1,024 x 1,024, of a few hundred bytes, told nine times.
    const one = await sharp({ create: { width: 1_024, height: 1_024, channels: 3, background: '#000' } })
      .gif()
      .toBuffer();
    const blocks = one.subarray(blocksAt(one), -1);
    const bomb = Buffer.concat([one.subarray(0, -1), ...Array(8).fill(blocks), Buffer.from([0x3b])]);
    const path = save('bomb.gif', bomb);
    await expect(readPictureHead(path)).rejects.toMatchObject({ code: 'picture-undecodable' });
    expect(readFileSync(path).length).toBeLessThan(200_000);
  });
});

/** Where the blocks of a GIF begin: after its head of 13 bytes and its colours (GIF89a, 18). */
function blocksAt(gif: Buffer): number {
  const packed = gif[10] ?? 0;
  return 13 + (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);
}
