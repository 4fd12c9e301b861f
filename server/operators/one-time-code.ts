import { createHash, timingSafeEqual } from 'node:crypto';
import { crockford } from '../../firmware-protocol/http/enrolment.ts';
import type { Random } from '../ports.ts';

/** 50 random bits in ten letters: short enough to read out, far beyond guessing at a limited rate. */
const LETTERS = 10;

/** A code for a person or a box: Crockford letters without the ones that look alike. */
export function newCode(random: Random): string {
  return crockford(random.bytes(7), LETTERS);
}

/** As it is shown to people: `ABCDE-FGHJK`. */
export function shownCode(code: string): string {
  return code.replace(/(.{5})(?=.)/g, '$1-');
}

/** Codes and random passwords are kept as SHA-256: there is nothing to guess that a slow hash would protect. */
export function fastHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function fastMatches(hash: string, secret: string): boolean {
  return timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(fastHash(secret), 'hex'));
}
