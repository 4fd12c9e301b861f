import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  FRAMES,
  type FrameName,
  frameName,
  readMessage,
} from '../../../firmware-protocol/serial/catalogue.ts';
import { crc32, crcHex } from '../../../firmware-protocol/serial/crc32.ts';
import { FrameDecoder } from '../../../firmware-protocol/serial/decoder.ts';
import { encodeFrame } from '../../../firmware-protocol/serial/frame.ts';
import { decodeRuns, encodeRuns } from '../../../firmware-protocol/serial/pixels.ts';

const hex = z.string().regex(/^([0-9a-f]{2})*$/);
const Vectors = z.object({
  frames: z.array(
    z.object({
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
    }),
  ),
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

const file = new URL('../../../firmware-protocol/serial/vectors/frames.json', import.meta.url);
const vectors = Vectors.parse(JSON.parse(readFileSync(file, 'utf8')));
const bytesOf = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits, 'hex'));

describe('golden frames', () => {
  test.each(vectors.frames)('$name: $says', ({ name, header, body, bodyHex, line }) => {
    const codec: { encode(body: unknown): Uint8Array } = FRAMES[name].codec;
    const values = 'pixels' in body ? { ...body, pixels: bytesOf(String(body.pixels)) } : body;
    const frame = { header: { ...header, type: FRAMES[name].id }, body: bytesOf(bodyHex) };

    expect(Buffer.from(codec.encode(values)).toString('hex')).toBe(bodyHex);
    expect(Buffer.from(encodeFrame(frame)).toString('hex')).toBe(line);
    expect(new FrameDecoder().push(bytesOf(line))).toEqual([{ kind: 'frame', frame }]);
    expect(readMessage(FRAMES[name].id, frame.body)).toEqual({ name, body: values });
  });

  test('there is one of every frame', () => {
    expect(new Set(vectors.frames.map(({ name }) => name))).toEqual(new Set(Object.keys(FRAMES)));
  });
});

test.each(vectors.streams)('golden stream: $says', ({ stream, events }) => {
  const decoded = new FrameDecoder().push(bytesOf(stream));
  expect(
    decoded.map((one) => (one.kind === 'frame' ? frameName(one.frame.header.type) : one.reason)),
  ).toEqual(events);
});

test.each(vectors.pages)('golden page CRC: $says', ({ width, height, pixels, crc }) => {
  const page = pixels === 'dark' ? new Uint8Array(width * height * 2) : bytesOf(pixels);
  expect(page.length).toBe(width * height * 2);
  expect(crcHex(crc32(page))).toBe(crc);
});

test.each(vectors.runs)('golden run-length: $says', ({ pixels, encoded }) => {
  expect(Buffer.from(encodeRuns(bytesOf(pixels))).toString('hex')).toBe(encoded);
  expect(decodeRuns(bytesOf(encoded), pixels.length / 4)).toEqual(bytesOf(pixels));
});
