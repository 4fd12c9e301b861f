import { open } from 'node:fs/promises';
import { ANNOUNCEMENT_LIMITS } from '../../../firmware-protocol/content/announcement.ts';
import {
  PICTURE_START_BYTES,
  type PictureKind,
  pictureKindOf,
} from '../../../firmware-protocol/content/picture-kind.ts';
import { DeviceError } from '../../errors.ts';
import type { Size } from '../../panel/layout/screen.ts';
import type { Transparent } from '../../panel/picture/ground.ts';
import type { PictureHead } from '../../panel/picture/picture.ts';
import { images } from './sharp.ts';

/** Pictures come from many hands, and a few bytes may claim to be a wall of pixels. */
const PICTURE_LIMITS = {
  /** Later frames of an animation are not shown: a page stands for 300 s at most, and these fill a minute. */
  frames: 240,
  /** A Pi decodes 8 megapixels in some two seconds; the painter's own deadline is 15. */
  deadlineSeconds: 10,
} as const;

const { picturePixels: MOST_PIXELS } = ANNOUNCEMENT_LIMITS;
/** The last byte of a GIF (GIF89a, section 27): a decoder takes one that was cut between two frames for whole. */
const GIF_TRAILER = 0x3b;

/** What the file says of itself, nothing decoded yet. Sizes are those of the upright picture. Rejects `picture-undecodable`. */
export async function readPictureHead(path: string): Promise<PictureHead> {
  const kind = await kindOf(path);
  const {
    autoOrient,
    pages = 1,
    pageHeight,
    delay,
  } = await faulty(UNREADABLE, () => image(path, kind).metadata());
  const frames = Math.min(pages, PICTURE_LIMITS.frames);
  const { width } = autoOrient;
  const height = pageHeight ?? autoOrient.height;
  if (width * height * frames > MOST_PIXELS)
    throw undecodable({
      why: `${width} x ${height} pixels in ${frames} frames, at most ${MOST_PIXELS} in all`,
      why_th: `${width} x ${height} พิกเซล ${frames} เฟรม รวมกันได้ไม่เกิน ${MOST_PIXELS}`,
    });
  return { width, height, delaysMs: Array.from({ length: frames }, (_, frame) => delay?.[frame] ?? 0) };
}

/** All frames at this size, scaled in light: fine lines keep their brightness. Rejects `picture-undecodable`. */
export async function readPicture(path: string, head: PictureHead, size: Size): Promise<Transparent[]> {
  const kind = await kindOf(path);
  return faulty(UNDECODABLE, async () => {
    // In two steps: with a colour profile in the file, the library decodes to light as black.
    const { data, info } = await image(path, kind)
      .autoOrient()
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const frames = head.delaysMs.length;
    const frame = { width: info.width, height: info.height / frames, channels: 4 as const };
    const bytes = frame.width * frame.height * frame.channels;
    const isLarger = size.width > frame.width;
    const scaled: Transparent[] = [];
    for (let at = 0; at < frames; at++) {
      const rgba = await images(data.subarray(at * bytes, (at + 1) * bytes), { raw: frame })
        .pipelineColourspace('scrgb')
        .resize(size.width, size.height, { fit: 'fill', kernel: isLarger ? 'nearest' : 'mitchell' })
        .toColourspace('srgb')
        .raw()
        .toBuffer();
      scaled.push({ ...size, rgba });
    }
    return scaled;
  });
}

function image(path: string, kind: PictureKind) {
  return images(path, {
    limitInputPixels: MOST_PIXELS,
    failOn: 'warning',
    ...(kind === 'gif' && { pages: -1 }),
  }).timeout({ seconds: PICTURE_LIMITS.deadlineSeconds });
}

async function kindOf(path: string): Promise<PictureKind> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size === 0) throw undecodable({ why: 'the file is empty', why_th: 'ไฟล์ว่างเปล่า' });
    const start = Buffer.alloc(PICTURE_START_BYTES);
    await file.read(start, 0, start.length, 0);
    const kind = pictureKindOf(start);
    if (kind === undefined)
      throw undecodable({ why: 'neither PNG, JPEG nor GIF', why_th: 'ไม่ใช่ PNG, JPEG หรือ GIF' });
    const end = Buffer.alloc(1);
    await file.read(end, 0, 1, size - 1);
    if (kind === 'gif' && end[0] !== GIF_TRAILER)
      throw undecodable({ why: 'the GIF has no end', why_th: 'ไฟล์ GIF ขาดตอนท้าย' });
    return kind;
  } finally {
    await file.close();
  }
}

interface Why {
  why: string;
  why_th: string;
}
const UNREADABLE: Why = { why: 'its head cannot be read', why_th: 'อ่านส่วนหัวไฟล์ไม่ได้' };
const UNDECODABLE: Why = { why: 'it cannot be decoded', why_th: 'ถอดรหัสภาพไม่ได้' };

/** People are told what it means; what the library said stays as the cause. */
async function faulty<T>(why: Why, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw undecodable(why, cause);
  }
}

function undecodable(why: Why, cause?: unknown): DeviceError {
  return new DeviceError('picture-undecodable', { ...why }, cause);
}
