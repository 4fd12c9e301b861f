import type { Bitmap, Depth } from '../../sign-ports.ts';
import type { Size } from '../layout/screen.ts';
import { stretched } from './contrast.ts';
import { dithered, usualDither } from './dither.ts';

/** What the head of a picture file says. */
export interface PictureHead extends Size {
  /** How long each frame stands, ms; one entry = a still picture. */
  delaysMs: number[];
}

/** The frames of a picture, already scaled, as lamps of this depth show them. */
export function forLamps(frames: Bitmap[], depth: Depth): Bitmap[] {
  const clear = depth === 'rgb565' ? frames : stretched(frames);
  return clear.map((frame) => dithered(frame, depth, usualDither(depth, frames.length > 1)));
}

/**
 * How large a picture is shown in a room. What fits is shown lamp for lamp, or enlarged by a whole number, so that a
 * picture made for a sign stays sharp; what does not is made as large as goes.
 */
export function shownSize(picture: Size, room: Size): Size {
  const times = Math.floor(Math.min(room.width / picture.width, room.height / picture.height));
  if (times >= 1) return { width: picture.width * times, height: picture.height * times };
  const scale = Math.min(room.width / picture.width, room.height / picture.height);
  const side = (pixels: number) => Math.max(1, Math.round(pixels * scale));
  return { width: side(picture.width), height: side(picture.height) };
}
