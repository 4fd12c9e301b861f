import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { FRAMES, type FrameName } from '../../../firmware-protocol/serial/catalogue.ts';
import { PATTERNS } from '../../../firmware-protocol/serial/lamps.ts';

/** The files of firmware-protocol/serial/vectors, made by make.py and deflate.py from the sentences of SPEC: bytes in hex. */
const hex = z.string().regex(/^([0-9a-f]{2})*$/);
const GoldenFrame = z.object({
  name: z.custom<FrameName>((name) => typeof name === 'string' && name in FRAMES),
  says: z.string(),
  header: z.object({
    major: z.int(),
    address: z.int(),
    fromBoard: z.boolean(),
    sequenced: z.boolean(),
    poll: z.boolean(),
    sequence: z.int(),
    ack: z.int(),
    held: z.int(),
  }),
  body: z.record(z.string(), z.unknown()),
  bodyHex: hex,
  line: hex,
});
export type GoldenFrame = z.infer<typeof GoldenFrame>;
const Deflate = z.object({
  deflate: z.array(z.object({ says: z.string(), stream: hex, count: z.int(), pixels: hex.optional() })),
});

const First = z.object({
  frames: z.array(GoldenFrame),
  streams: z.array(z.object({ says: z.string(), stream: hex, events: z.array(z.string()) })),
  pages: z.array(
    z.object({
      says: z.string(),
      width: z.int(),
      height: z.int(),
      pixels: z.union([hex, z.literal('dark')]),
      crc: hex,
    }),
  ),
  runs: z.array(z.object({ says: z.string(), pixels: hex, encoded: hex })),
});

const Later = Deflate.extend({
  frames: z.array(GoldenFrame),
  patterns: z.array(
    z.object({
      pattern: z.custom<keyof typeof PATTERNS>((name) => typeof name === 'string' && name in PATTERNS),
      at: z.int(),
      width: z.int(),
      height: z.int(),
      lit: hex,
    }),
  ),
  marquees: z.array(
    z.object({
      strip: hex,
      width: z.int(),
      gap: z.int(),
      rounds: z.int(),
      stepsPerSecond: z.int(),
      stepPixels: z.int(),
      atMs: z.int(),
      offset: z.int(),
      lit: hex,
    }),
  ),
  update: z.object({
    publicKey: hex,
    bytes: z.int(),
    version: z.int(),
    digest: hex,
    signedHex: hex,
    signature: hex,
  }),
});

const folder = new URL('../../../firmware-protocol/serial/vectors/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

/** Of version 1.0: frames, streams of bytes, pages, run lengths. */
export const first = First.parse(read('frames.json'));
/** What 1.1 brought: frames, what lamps show, what signatures cover. */
export const later = Later.parse(read('frames-1.1.json'));
/** Streams of DEFLATE at the edges of RFC 1951, and beyond. */
export const edges = Deflate.parse(read('deflate.json'));

export const bytesOf = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits, 'hex'));
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
