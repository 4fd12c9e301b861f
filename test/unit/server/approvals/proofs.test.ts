import { beforeEach, expect, it } from 'vitest';
import { PROOF_LIMITS, Proofs } from '../../../../server/approvals/proofs.ts';
import { HandClock } from '../hand-clock.ts';
import { seededRandom } from '../office.ts';

const [ONE, OTHER] = ['1'.repeat(64), '2'.repeat(64)];
let clock: HandClock;
let proofs: Proofs;
beforeEach(() => {
  clock = new HandClock();
  proofs = new Proofs(clock, seededRandom());
});

it('is good once', () => {
  const proof = proofs.make('somchai', ONE);
  expect(proofs.use(proof, 'somchai', ONE)).toBe(true);
  expect(proofs.use(proof, 'somchai', ONE)).toBe(false);
});

it.each([
  ['another content', 'somchai', OTHER],
  ['another person', 'malee', ONE],
])('is not good for %s, and then for nothing', (_what, user, sha256) => {
  const proof = proofs.make('somchai', ONE);
  expect(proofs.use(proof, user, sha256)).toBe(false);
  expect(proofs.use(proof, 'somchai', ONE)).toBe(false);
});

it('is too old after two minutes', async () => {
  const [early, late] = [proofs.make('somchai', ONE), proofs.make('somchai', ONE)];
  await clock.advance(PROOF_LIMITS.life_ms - 1);
  expect(proofs.use(early, 'somchai', ONE)).toBe(true);
  await clock.advance(1);
  expect(proofs.use(late, 'somchai', ONE)).toBe(false);
});

it('few are kept', () => {
  const first = proofs.make('somchai', ONE);
  for (let n = 0; n < PROOF_LIMITS.kept; n++) proofs.make('malee', OTHER);
  expect(proofs.use(first, 'somchai', ONE)).toBe(false);
});
