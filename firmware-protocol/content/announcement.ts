import { z } from 'zod';
import type { Output } from './band.ts';
import { STRAY_LETTERS } from './stray-letters.ts';

/** Limits of what is said. A sign is read from a motorbike; a tower is heard by people at work. */
export const ANNOUNCEMENT_LIMITS = {
  titleChars: 120,
  pageChars: 2_000,
  hotlineChars: 40,
  pages: 20,
  parts: 32,
  mediaBytes: 64 * 1024 * 1024,
  pictureBytes: 4 * 1024 * 1024,
  /** All frames together: 32 MB once decoded, which the smallest hall's computer has to spare. */
  picturePixels: 8 * 1024 * 1024,
  qrChars: 300,
  mediaMs: 60 * 60_000,
  repeats: 10,
  pauseMs: 60_000,
  pageSeconds: 300,
} as const;

const LINE = new RegExp(`^[^${STRAY_LETTERS}]*$`, 'u');
const LINES = new RegExp(`^(?:[^${STRAY_LETTERS}]|\\n)*$`, 'u');

/** One line of text. */
export const lineOf = (max: number) => z.string().min(1).max(max).regex(LINE, 'no control characters');

/** Lines of text for a page. */
export const Paragraph = z
  .string()
  .min(1)
  .max(ANNOUNCEMENT_LIMITS.pageChars)
  .regex(LINES, 'no control characters but line breaks');

/** SHA-256 as 64 lower-case hex digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 is 64 lower-case hex digits');
export type Sha256 = z.infer<typeof Sha256>;

/**
 * Sound named by its content. Where the bytes come from (server, mirror, USB stick) is the device's affair:
 * a document never carries an address.
 */
export const MediaRef = z.object({
  type: z.literal('media'),
  sha256: Sha256,
  bytes: z.int().min(1).max(ANNOUNCEMENT_LIMITS.mediaBytes),
  ms: z.int().min(1).max(ANNOUNCEMENT_LIMITS.mediaMs),
});
export type MediaRef = z.infer<typeof MediaRef>;

export const Pause = z.object({
  type: z.literal('pause'),
  ms: z.int().min(1).max(ANNOUNCEMENT_LIMITS.pauseMs),
});

export const AudioPart = z.discriminatedUnion('type', [MediaRef, Pause]);
export type AudioPart = z.infer<typeof AudioPart>;

/** The attention tone before speech, made by the device itself so that it never has to be fetched. */
export const Chime = z.enum(['ding', 'attention', 'alert', 'none']);
export type Chime = z.infer<typeof Chime>;

/** How long each tone sounds, ms. Fixed, so that server and device expect the same end of an announcement. */
export const CHIME_MS: Record<Chime, number> = { ding: 1_400, attention: 2_600, alert: 3_300, none: 0 };

export const TowerContent = z
  .object({
    chime: Chime.default('attention'),
    parts: z.array(AudioPart).max(ANNOUNCEMENT_LIMITS.parts).default([]),
    /** How often the parts are said; the chime sounds once. */
    times: z.int().min(1).max(ANNOUNCEMENT_LIMITS.repeats).default(1),
    /** Silence between two times, milliseconds. */
    gap_ms: z.int().min(0).max(ANNOUNCEMENT_LIMITS.pauseMs).default(2_000),
    /**
     * Whether a hall begins after the instant by its own offset, so that neighbouring towers do not echo into each other.
     * Absent: yes, but for ceremonies, which are heard together. Nothing without an instant is staggered.
     */
    staggered: z.boolean().optional(),
  })
  .refine((tower) => tower.chime !== 'none' || tower.parts.some((part) => part.type === 'media'), {
    message: 'a tower is given a chime or sound to play',
    path: ['parts'],
  });
export type TowerContent = z.infer<typeof TowerContent>;

/**
 * A picture named by its content: PNG, JPEG or GIF, as its first bytes say, of at most `picturePixels`. A hall that cannot
 * fetch or decode it shows the words without it and reports that.
 */
export const PictureRef = z.object({
  type: z.literal('picture'),
  sha256: Sha256,
  bytes: z.int().min(1).max(ANNOUNCEMENT_LIMITS.pictureBytes),
});
export type PictureRef = z.infer<typeof PictureRef>;

export const Page = z.object({
  title: lineOf(ANNOUNCEMENT_LIMITS.titleChars).optional(),
  text: Paragraph,
  /** A number to call, kept on one line: `สายด่วน 1441`. */
  hotline: lineOf(ANNOUNCEMENT_LIMITS.hotlineChars).optional(),
  /** Beside the words, or above them. */
  picture: PictureRef.optional(),
  /** Beside the words as a QR code: an address, a telephone number. */
  qr: lineOf(ANNOUNCEMENT_LIMITS.qrChars).optional(),
  seconds: z.int().min(2).max(ANNOUNCEMENT_LIMITS.pageSeconds).default(10),
});
export type Page = z.infer<typeof Page>;

export const PanelContent = z.object({
  pages: z.array(Page).min(1).max(ANNOUNCEMENT_LIMITS.pages),
  /** How often the pages are shown in turn. */
  times: z.int().min(1).max(1_000).default(1),
});
export type PanelContent = z.infer<typeof PanelContent>;

/** What is said, to ears (`tower`), to eyes (`panel`), or both. */
export const Announcement = z
  .object({
    title: lineOf(ANNOUNCEMENT_LIMITS.titleChars),
    /** BCP 47. */
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
      .default('th'),
    /** The agency whose word this is. */
    agency: lineOf(ANNOUNCEMENT_LIMITS.titleChars).optional(),
    tower: TowerContent.optional(),
    panel: PanelContent.optional(),
  })
  .refine((said) => said.tower !== undefined || said.panel !== undefined, {
    message: 'an announcement says something on the tower or on the panel',
  });
export type Announcement = z.infer<typeof Announcement>;

/** The files that an announcement names, each as often as it does: sound for the tower, pictures for the panel. */
export function filesOf({ tower, panel }: Announcement): (MediaRef | PictureRef)[] {
  const sounds = (tower?.parts ?? []).filter((part) => part.type === 'media');
  const pictures = (panel?.pages ?? []).flatMap(({ picture }) => (picture === undefined ? [] : [picture]));
  return [...sounds, ...pictures];
}

/** The outputs that are named and have something to say. */
export function outputsOf(said: { announcement: Announcement; outputs: Output[] }): Output[] {
  return said.outputs.filter((output) => said.announcement[output] !== undefined);
}
