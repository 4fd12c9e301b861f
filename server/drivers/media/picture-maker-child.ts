import { open, stat } from 'node:fs/promises';
import sharp from 'sharp';
import { ANNOUNCEMENT_LIMITS } from '../../../firmware-protocol/content/announcement.ts';
import {
  PICTURE_START_BYTES,
  type PictureKind,
  pictureKindOf,
} from '../../../firmware-protocol/content/picture-kind.ts';
import { PICTURE_UPLOAD_LIMITS } from '../../../firmware-protocol/http/picture.ts';
import type { MadePicture } from '../../ports.ts';
import type { PictureOutcome } from './picture-maker.ts';

/**
 * One upload made into what halls fetch, in a process of its own: whatever a hostile file does to the decoders ends with it.
 * Arguments: the upload, the file to write. Prints one line of JSON, a PictureOutcome.
 */

const MADE = {
  /** Four times the rows of the largest sign met in the field, 256 x 128: nothing is lost, and 75,000 halls fetch it. */
  side: 512,
  /** Frames of an animation; a hall reads no more. */
  frames: 240,
  /** A photo as JPEG where that halves a PNG that is worth halving; drawings and letters stay exact. */
  jpeg: { quality: 92, fromBytes: 64 * 1024, share: 0.5 },
  /** An animation that is too large is tried at half the size, so often. */
  tries: 4,
} as const;

sharp.cache(false);
sharp.concurrency(1);

async function make(from: string, to: string): Promise<PictureOutcome> {
  const kind = await kindOf(from);
  if (kind === undefined) return { refused: 'upload-not-picture' };
  const read = await image(from, kind)
    .metadata()
    .catch(() => undefined);
  if (read === undefined) return (await isTooLarge(from)) ? tooLarge : { refused: 'upload-not-picture' };
  const { pages = 1 } = read;
  try {
    return {
      made: kind === 'gif' && pages > 1 ? await moving(from, to, pages) : await still(from, to, kind),
    };
  } catch (error) {
    if (error instanceof RangeError) return tooLarge;
    return { refused: 'upload-not-picture' };
  }
}

const tooLarge: PictureOutcome = { refused: 'upload-picture-too-large' };

/** Whether it is the size that the decoder stumbled over; nothing but the head is read. */
async function isTooLarge(from: string): Promise<boolean> {
  const head = await sharp(from, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  return head !== undefined && head.width * head.height > PICTURE_UPLOAD_LIMITS.pixels;
}

async function kindOf(path: string): Promise<PictureKind | undefined> {
  const file = await open(path);
  try {
    const start = Buffer.alloc(PICTURE_START_BYTES);
    await file.read(start, 0, start.length, 0);
    return pictureKindOf(start);
  } finally {
    await file.close();
  }
}

function image(path: string, kind: PictureKind, frames = -1) {
  return sharp(path, {
    limitInputPixels: PICTURE_UPLOAD_LIMITS.pixels,
    failOn: 'warning',
    ...(kind === 'gif' && { pages: frames }),
  });
}

async function still(from: string, to: string, kind: PictureKind): Promise<MadePicture> {
  const upright = image(from, kind, 1)
    .autoOrient()
    .resize({ width: MADE.side, height: MADE.side, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb');
  const png = await upright.clone().png({ compressionLevel: 9 }).toBuffer({ resolveWithObject: true });
  const { width, height } = png.info;
  const { isOpaque } = await sharp(png.data).stats();
  const jpeg = isOpaque ? await upright.clone().jpeg({ quality: MADE.jpeg.quality }).toBuffer() : undefined;
  const isPhoto =
    jpeg !== undefined &&
    png.data.length >= MADE.jpeg.fromBytes &&
    jpeg.length <= png.data.length * MADE.jpeg.share;
  await write(to, isPhoto ? jpeg : png.data);
  return { width, height, frames: 1, type: isPhoto ? 'image/jpeg' : 'image/png' };
}

async function moving(from: string, to: string, pages: number): Promise<MadePicture> {
  const frames = Math.min(pages, MADE.frames);
  const { delay = [] } = await image(from, 'gif').metadata();
  const most = Math.floor(Math.sqrt(ANNOUNCEMENT_LIMITS.picturePixels / frames));
  for (let attempt = 0, side = Math.min(MADE.side, most); attempt < MADE.tries; attempt++, side >>= 1) {
    const { data, info } = await image(from, 'gif', frames)
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .gif({ delay: delay.slice(0, frames), loop: 0 })
      .toBuffer({ resolveWithObject: true });
    if (data.length > ANNOUNCEMENT_LIMITS.pictureBytes) continue;
    await write(to, data);
    const height = info.pageHeight ?? Math.round(info.height / frames);
    return { width: info.width, height, frames, type: 'image/gif' };
  }
  throw new RangeError('too large at any size');
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o640);
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
}

const [, , from = '', to = ''] = process.argv;
await stat(from);
process.stdout.write(`${JSON.stringify(await make(from, to))}\n`);
