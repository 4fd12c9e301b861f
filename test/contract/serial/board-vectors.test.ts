import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { crc32 } from '../../../firmware-protocol/serial/crc32.ts';
import { PATTERNS } from '../../../firmware-protocol/serial/lamps.ts';
import { signedPart } from '../../../firmware-protocol/serial/update.ts';
import { BoardDisplay } from '../../../scripts/virtual-board/board-display.ts';

/** What lamps show and signatures cover, made by vectors/make.py from the sentences of SPEC 7 to 9. */
const hex = z.string().regex(/^([0-9a-f]{2})*$/);
const Vectors = z.object({
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
const file = new URL('../../../firmware-protocol/serial/vectors/frames-1.1.json', import.meta.url);
const { patterns, marquees, update } = Vectors.parse(JSON.parse(readFileSync(file, 'utf8')));
const bytesOf = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits, 'hex'));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test.each(patterns)('pattern $pattern', ({ pattern, at, width, height, lit }) => {
  const display = new BoardDisplay({ width, height });
  display.lamps.showPattern(pattern, at);
  expect(hexOf(display.lit())).toBe(lit);
});

test('there is one of every pattern', () => {
  expect(new Set(patterns.map(({ pattern }) => pattern).concat('none'))).toEqual(
    new Set(Object.keys(PATTERNS)),
  );
});

test.each(marquees)('marquee of $rounds rounds after $atMs ms', (golden) => {
  let now = 0;
  const { width, gap, rounds, stepsPerSecond, stepPixels } = golden;
  const display = new BoardDisplay({ width, height: 1, stripPixels: 64, now: () => now });
  const strip = bytesOf(golden.strip);
  display.marquee.begin(strip.length / 2, 1);
  display.marquee.draw({ x: 0, y: 0, width: strip.length / 2, height: 1, encoding: 'raw', pixels: strip }, [
    'raw',
  ]);
  const run = { strip: crc32(strip), x: 0, y: 0, width, gap, rounds, stepsPerSecond, stepPixels };
  expect(display.marquee.arm(run)).toBeUndefined();
  expect(display.commit(display.drawnCrc())).toBeUndefined();
  now = golden.atMs;
  expect(display.marquee.offset()).toBe(golden.offset);
  expect(hexOf(display.lit())).toBe(golden.lit);
});

test('what the signature of an update covers', () => {
  expect(hexOf(signedPart(update))).toBe(update.signedHex);
  const spki = Buffer.concat([bytesOf('302a300506032b6570032100'), bytesOf(update.publicKey)]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  expect(verify(null, signedPart(update), key, bytesOf(update.signature))).toBe(true);
});
