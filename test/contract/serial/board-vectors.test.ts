import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { crc32 } from '../../../firmware-protocol/serial/crc32.ts';
import { PATTERNS } from '../../../firmware-protocol/serial/lamps.ts';
import { signedPart } from '../../../firmware-protocol/serial/update.ts';
import { BoardDisplay } from '../../../scripts/virtual-board/board-display.ts';
import { bytesOf, hexOf, later } from './golden-vectors.ts';

/** What lamps show and signatures cover (SPEC 7 to 9). */
const { patterns, marquees, update } = later;

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
