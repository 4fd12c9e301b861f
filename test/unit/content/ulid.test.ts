import { randomBytes } from 'node:crypto';
import { decodeTime, ulid } from 'ulid';
import { expect, test } from 'vitest';
import { Ulid } from '../../../firmware-protocol/content/instant.ts';
import { madeAtMs, ulidOf } from '../../../firmware-protocol/content/ulid.ts';

const NOW = Date.parse('2026-11-13T18:00:00+07:00');

test('an id of ours is one of the specification, and says when it was made', () => {
  const id = ulidOf(NOW, randomBytes(16));
  expect(Ulid.safeParse(id).success).toBe(true);
  expect(decodeTime(id)).toBe(NOW);
  expect(madeAtMs(ulid(NOW))).toBe(NOW);
});

test('all of the chance is in it', () => {
  expect(ulidOf(NOW, new Uint8Array(16).fill(255))).toMatch(/Z{16}$/);
  expect(ulidOf(NOW, new Uint8Array(16))).toMatch(/0{16}$/);
  expect(new Set(Array.from({ length: 50 }, () => ulidOf(NOW, randomBytes(16)))).size).toBe(50);
});
