import { z } from 'zod';
import { Instant } from '../content/instant.ts';
import { PlayId } from '../content/report.ts';

/** What the lamps of a sign show: one colour lit or dark; red, green and blue each lit or dark; shades. */
export const LampDepth = z.enum(['mono', 'rgb111', 'rgb565']);

/** What a screen for a sign is made for, as the street sees it: a sign that hangs turned is as high as it is long. */
export const SignFace = z.object({
  /** Lamps. */
  width: z.int().min(1).max(4_096),
  height: z.int().min(1).max(4_096),
  depth: LampDepth,
  /** It scrolls a strip by itself, so that text may run through. */
  marquee: z.boolean(),
  /** Pixels of the longest strip; absent = as long as one likes. */
  strip_pixels: z.int().min(0).optional(),
});
export type SignFace = z.infer<typeof SignFace>;

/** A PNG (W3C PNG 3rd edition) in base64, one pixel a lamp. */
export const Png = z.base64().startsWith('iVBORw0KGgo', 'a PNG begins with its signature');

/** A strip that enters its window from the right, runs through it and comes again after the gap. */
export const RunningStrip = z.object({
  /** Left upper corner and width of the window, lamps. */
  x: z.int().min(0),
  y: z.int().min(0),
  width: z.int().min(1),
  /** The strip itself; its height is that of the window. */
  columns: z.int().min(1),
  height: z.int().min(1),
  pixels_per_second: z.number().min(1),
  /** Dark columns between its end and its next start. */
  gap_columns: z.int().min(0),
});
export type RunningStrip = z.infer<typeof RunningStrip>;

/** What a screen belongs to: `idle` is the time, the day and the village, between plays. */
export const ScreenOf = z.discriminatedUnion('type', [
  z.object({ type: z.literal('idle') }),
  z.object({
    type: z.literal('play'),
    play: PlayId,
    title: z.string().max(120),
    /** From 1; a page takes one screen or several. */
    page: z.int().min(1),
    pages: z.int().min(1),
    screen: z.int().min(1),
    screens: z.int().min(1),
  }),
]);
export type ScreenOf = z.infer<typeof ScreenOf>;

/** `request/screen` to a hall. */
export const ScreenAsk = z.object({
  /** `picture` of the screen that the asker has already: it is not sent again. */
  have: z.string().max(64).optional(),
});
export type ScreenAsk = z.infer<typeof ScreenAsk>;

/** What the sign of a hall shows now, as far as the hall knows. */
export const Screen = z.object({
  face: SignFace,
  /** `confirmed`: the board read its page back, and that was this one; `sent`: the painter's last, which nobody read back. */
  known: z.enum(['confirmed', 'sent']),
  /** When it was read back last. */
  confirmed_at: Instant.optional(),
  /** Since when it stands. */
  since: Instant,
  /** CRC-32 of the page as reports have it (`crc`), without what runs over it. */
  crc: z.string().regex(/^[0-9a-f]{8}$/),
  of: ScreenOf,
  /** Names the pictures below by their content. */
  picture: z.string().max(64),
  /** At this moment, what runs included; absent = the asker has it. */
  png: Png.optional(),
  running: RunningStrip.extend({
    /** Columns that it had moved since it entered, when the answer was made. */
    moved: z.int().min(0),
    /** The whole strip; absent = the asker has it, or it is too large. */
    png: Png.optional(),
  }).optional(),
  /** Codes of SCREEN_DOUBTS, or newer ones. */
  unknown: z.array(z.string().max(32)).max(16),
});
export type Screen = z.infer<typeof Screen>;
