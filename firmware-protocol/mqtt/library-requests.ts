import { z } from 'zod';
import { ANNOUNCEMENT_LIMITS, lineOf, Sha256 } from '../content/announcement.ts';
import { AreaCode, DeviceId } from '../content/area.ts';
import { Instant } from '../content/instant.ts';
import { Transaction } from './answer.ts';

/** What people uploaded or had said: found again, looked at, renamed, shared, taken away where nothing needs it. */

export const LIBRARY_LIMITS = {
  page: 200,
  /** Uses of one file that are named; the rest is counted. */
  usesTold: 20,
} as const;

/** `speech` is what a voice of the server made of a text. */
export const LibraryKind = z.enum(['sound', 'speech', 'picture']);
export type LibraryKind = z.infer<typeof LibraryKind>;

/** Reads the library of the asker's areas, the newest first; or changes one entry of it. */
export const LibraryRequest = z
  .strictObject({
    kind: LibraryKind.optional(),
    /** A part of the title. */
    search: z.string().min(1).max(100).optional(),
    /** Only this file. */
    sha256: Sha256.optional(),
    /** Only what this account put there; of a change: whose entry, otherwise the asker's own. */
    by: DeviceId.optional(),
    /** Only what nothing that is planned, waits or lives names. */
    unused: z.boolean().default(false),
    /** The `next` of the page before. */
    after: z.string().max(160).optional(),
    limit: z.int().min(1).max(LIBRARY_LIMITS.page).default(50),
    change: z.enum(['rename', 'share', 'unshare', 'remove']).optional(),
    title: lineOf(ANNOUNCEMENT_LIMITS.titleChars).optional(),
    transaction: Transaction.optional(),
  })
  .refine(({ change, sha256 }) => change === undefined || sha256 !== undefined, {
    message: 'name the file',
    path: ['sha256'],
  })
  .refine(({ change, title }) => (change === 'rename') === (title !== undefined), {
    message: 'a title is given to rename, and only then',
    path: ['title'],
  });
export type LibraryRequest = z.infer<typeof LibraryRequest>;

/** What names a file: a published programme or a draft, an order that lives, what waits for a second person, a template. */
export const MediaUse = z.object({
  what: z.enum(['programme', 'draft', 'order', 'waiting', 'template']),
  area: AreaCode.optional(),
  /** Of the entry, the order, what waits, or the template. */
  id: z.string(),
  title: z.string(),
});
export type MediaUse = z.infer<typeof MediaUse>;

export const LibraryItem = z.object({
  sha256: Sha256,
  kind: LibraryKind,
  title: z.string(),
  /** Who put it there, when, and for which areas: those of the account then. */
  by: z.string(),
  at: Instant,
  areas: z.array(AreaCode),
  /** Those below these areas may use it too. */
  shared: z.boolean(),
  bytes: z.int(),
  ms: z.int().optional(),
  /** Hundredths of LUFS and of dBTP: as it will sound, and as it came. Older files do not know how they came. */
  loudness: z
    .object({ clufs: z.int(), source_clufs: z.int().optional(), source_peak_cdb: z.int().optional() })
    .optional(),
  picture: z.object({ width: z.int(), height: z.int(), frames: z.int(), type: z.string() }).optional(),
  /** Within what the asker may see; `uses_in_all` counts those elsewhere too. */
  uses: z.array(MediaUse),
  uses_in_all: z.int(),
  may_change: z.boolean(),
});
export type LibraryItem = z.infer<typeof LibraryItem>;

export const LibraryAnswer = z.object({
  items: z.array(LibraryItem),
  /** Absent = there are no more. */
  next: z.string().optional(),
});

export const LIBRARY_REQUESTS = { library: { request: LibraryRequest, answer: LibraryAnswer } } as const;
