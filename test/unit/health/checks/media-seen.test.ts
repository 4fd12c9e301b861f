import { expect, test } from 'vitest';
import { mediaSeen } from '../../../../device/health/checks/media-seen.ts';
import type { MediaNeed } from '../../../../device/media/media-need.ts';
import { planMedia } from '../../../../device/media/media-plan.ts';

const NOW = Date.parse('2026-11-26T08:00:00+07:00');
const DAY_MS = 86_400_000;

function need(sha256: string, inDays: number, bytes = 1_000_000): MediaNeed {
  return { sha256, bytes, why: 'programme', dueMs: NOW + inDays * DAY_MS };
}
const held = (sha256: string) => ({ name: sha256, sha256, bytes: 1_000_000, isWhole: true, usedAt: NOW });

test('what seven days need and is not here is counted, to come or without room; what is needed later is not', () => {
  const needs = [need('a', 0.5), need('b', 2), need('c', 3, 9_000_000), need('d', 20)];
  const plan = planMedia(needs, [held('a')], { budget: 5_000_000, card: undefined }, NOW);
  expect(mediaSeen(plan, NOW)).toEqual({
    ...{ weekFiles: 3, weekBytes: 11_000_000, weekMissing: 2, firstMissingMs: NOW + 2 * DAY_MS },
  });
});

test('where all is here nothing is missing', () => {
  const plan = planMedia([need('a', 1)], [held('a')], { budget: 5_000_000, card: undefined }, NOW);
  expect(mediaSeen(plan, NOW)).toEqual({ weekFiles: 1, weekBytes: 1_000_000, weekMissing: 0 });
});
