import { z } from 'zod';
import { AreaCode, DeviceId } from '../content/area.ts';
import { Instant } from '../content/instant.ts';

/** Everything of ours on a stick lies in this folder; what else is on it is nobody's affair. */
export const STICK_FOLDER = 'prakat';

const KIB = 1024;

export interface StickRow {
  /** Below `prakat/`, with `{area}`, `{order}`, `{sha256}`, `{device}`, `{first}`, `{last}`. */
  path: string;
  from: 'server' | 'device';
  maxBytes: number;
  /** More of them are not looked at. */
  maxFiles: number;
  /** The names below the folder, without it. */
  name: RegExp;
  says: string;
}

/** The wire that is carried: one row a kind of file. Documents are the very ones that the MQTT wire brings. */
export const STICK = {
  keys: {
    path: 'keys.json',
    from: 'server',
    maxBytes: 4 * 1024 * KIB,
    maxFiles: 1,
    name: /^keys\.json$/,
    says: 'the key sets, a JSON array, the oldest first: a hall follows them one by one',
  },
  programmes: {
    path: 'programmes/{area}.json',
    from: 'server',
    maxBytes: 512 * KIB,
    maxFiles: 2_000,
    name: /^(?:th|\d{2}(?:\d{2}){0,3})\.json$/,
    says: 'the programme of the area',
  },
  orders: {
    path: 'orders/{order}.json',
    from: 'server',
    maxBytes: 256 * KIB,
    maxFiles: 64,
    name: /^[0-9A-HJKMNP-TV-Z]{26}\.json$/,
    says: 'an order that is still alive',
  },
  releases: {
    path: 'releases/{area}.json',
    from: 'server',
    maxBytes: 16 * KIB,
    maxFiles: 2_000,
    name: /^(?:th|\d{2}(?:\d{2}){0,3})\.json$/,
    says: 'the version of the agent for the area',
  },
  media: {
    path: 'media/{sha256}',
    from: 'server',
    maxBytes: 64 * 1024 * KIB,
    maxFiles: 20_000,
    name: /^[0-9a-f]{64}$/,
    says: 'sound, a picture or a part of a release, by its hash',
  },
  reports: {
    path: 'reports/{device}/{first}-{last}.json',
    from: 'device',
    maxBytes: 512 * KIB,
    maxFiles: 2_000,
    name: /^[a-z0-9-]{3,32}\/\d{1,15}-\d{1,15}\.json$/,
    says: 'a signed batch of reports, for a hall without a line',
  },
} as const satisfies Record<string, StickRow>;
export type StickKind = keyof typeof STICK;

/** Why something on a stick was not taken, where it did not even come to the gate of its kind. */
export const STICK_REFUSALS = [
  'strange-name',
  'no-file',
  'too-large',
  'unreadable',
  'wrong-file',
  'no-room',
] as const;

/** What came of a stick. */
export const SideloadResult = z.object({
  folder: z.string().max(4_096),
  at: Instant,
  device: DeviceId,
  taken: z.object({
    keys: z.array(z.int()),
    programmes: z.array(z.object({ area: AreaCode, version: z.int() })),
    orders: z.array(z.string()),
    releases: z.array(z.object({ area: AreaCode, version: z.string() })).default([]),
    files: z.int(),
    bytes: z.int(),
  }),
  /** Known before: documents and files. */
  had: z.int(),
  /** On the stick, but nothing that was accepted names it. */
  not_needed: z.int(),
  /** What is needed and was not on it, so far as there is room for it. */
  missing: z.int(),
  /** A code of `STICK_REFUSALS` or of the refusals of documents. At most 50; `refused_count` has them all. */
  refused: z.array(
    z.object({
      name: z.string().max(200),
      reason: z.string().max(64),
      detail: z.string().max(400).optional(),
    }),
  ),
  refused_count: z.int(),
  /** Report batches written to it. */
  reports_written: z.int(),
});
export type SideloadResult = z.infer<typeof SideloadResult>;
