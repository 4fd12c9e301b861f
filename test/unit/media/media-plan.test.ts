import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MEDIA_HORIZONS, type MediaNeed } from '../../../device/media/media-need.ts';
import { type MediaRoomSize, planMedia, toEvict } from '../../../device/media/media-plan.ts';
import type { HeldMedia } from '../../../device/ports.ts';
import { DAY, HOUR, MONDAY_0600 } from '../../../scripts/virtual-world/world.ts';
import { need, shaOf } from './needs.ts';

const UNBOUNDED: MediaRoomSize = { budget: 1e12, card: undefined };

function heldFile(bytes: number, usedAt = 0, isWhole = true): HeldMedia {
  const sha256 = shaOf(bytes);
  return { name: isWhole ? sha256 : `${sha256}.part`, sha256, bytes, isWhole, usedAt };
}

const evictedBytes = (names: string[]) => names.map((name) => Number.parseInt(name.slice(0, 64), 16));
const total = (each: { bytes: number }[]) => each.reduce((sum, { bytes }) => sum + bytes, 0);

test('what nobody needs goes first, then the latest; what is needed this week never, for another file or a full card', () => {
  const needs = [need(10, HOUR), need(20, 6 * DAY), need(30, 8 * DAY), need(40, 20 * DAY)];
  const held = [10, 20, 30, 40].map((bytes) => heldFile(bytes)).concat(heldFile(50, 2), heldFile(60, 1));
  const plan = planMedia(needs, held, UNBOUNDED, MONDAY_0600);
  expect(evictedBytes(toEvict(held, plan, 0, () => false))).toEqual([60, 50, 40, 30]);
  expect(evictedBytes(toEvict(held, plan, 100, () => false))).toEqual([60, 50]);
  expect(evictedBytes(toEvict(held, plan, 0, (sha256) => sha256 === shaOf(60)))).toEqual([50, 40, 30]);
});

test('a budget that cannot hold the week keeps what comes first, and says what it lacks', () => {
  const needs = [need(40, HOUR), need(50, 2 * DAY), need(30, 3 * DAY), need(5, 9 * DAY)];
  const plan = planMedia(needs, [heldFile(50)], { budget: 75, card: undefined }, MONDAY_0600);
  expect(plan.fetch.map(({ bytes }) => bytes)).toEqual([40, 30, 5]);
  expect(plan.lacking.map(({ bytes }) => bytes)).toEqual([50]);
  expect(plan.weekBytes).toBe(120);
  expect(evictedBytes(toEvict([heldFile(50)], plan, 35, () => false))).toEqual([50]);
});

test('a card that fills up brings nothing new but what is due within a day, and takes nothing of the week away', () => {
  const needs = [need(10, HOUR), need(20, 2 * DAY), need(30, 3 * DAY)];
  const plan = planMedia(needs, [heldFile(30)], { budget: 1_000, card: 15 }, MONDAY_0600);
  expect([...plan.keep]).toEqual([shaOf(10), shaOf(30)]);
  expect(plan.fetch.map(({ bytes }) => bytes)).toEqual([10]);
  expect(toEvict([heldFile(30)], plan, 5, () => false)).toEqual([]);
});

test('an alert knows no budget', () => {
  const plan = planMedia([need(100, 0, 'alert'), need(10, HOUR)], [], { budget: 50, card: 0 }, MONDAY_0600);
  expect(plan.fetch.map(({ bytes }) => bytes)).toEqual([100]);
});

// ---- whatever is needed and held ----------------------------------------------------------------------------------

const anyNeeds = fc
  .uniqueArray(
    fc.record({
      number: fc.integer({ min: 1, max: 60 }),
      bytes: fc.integer({ min: 1, max: 100 }),
      in_ms: fc.integer({ min: -HOUR, max: 31 * DAY }),
      why: fc.constantFrom('programme', 'programme', 'programme', 'order', 'alert'),
    }),
    { selector: ({ number }) => number, maxLength: 40 },
  )
  .map((needs) =>
    needs
      .map(
        ({ number, bytes, in_ms, why }): MediaNeed => ({
          ...{ sha256: shaOf(number), bytes, why: why as MediaNeed['why'], dueMs: MONDAY_0600 + in_ms },
        }),
      )
      .sort((a, b) => Number(b.why === 'alert') - Number(a.why === 'alert') || a.dueMs - b.dueMs),
  );

const anyCase = fc.record({
  needs: anyNeeds,
  held: fc.uniqueArray(
    fc.record({
      number: fc.integer({ min: 1, max: 80 }),
      bytes: fc.integer({ min: 1, max: 100 }),
      usedAt: fc.nat(),
    }),
    { selector: ({ number }) => number, maxLength: 40 },
  ),
  budget: fc.integer({ min: 0, max: 3_000 }),
  card: fc.option(fc.integer({ min: 0, max: 3_000 }), { nil: undefined }),
  coming: fc.integer({ min: 0, max: 200 }),
});

test('eviction never takes what the next seven days need while the budget can hold them (property)', () => {
  fc.assert(
    fc.property(anyCase, ({ needs, held, budget, card, coming }) => {
      const files = held.map(({ number, bytes, usedAt }): HeldMedia => {
        const needed = needs.find(({ sha256 }) => sha256 === shaOf(number));
        return { ...heldFile(number, usedAt), bytes: needed?.bytes ?? bytes };
      });
      const plan = planMedia(needs, files, { budget, card }, MONDAY_0600);
      const target = Math.min(budget, card ?? budget) - coming;
      const evicted = new Set(toEvict(files, plan, target, () => false));
      const left = files.filter(({ name }) => !evicted.has(name));
      const week = needs.filter(
        ({ why, dueMs }) => why === 'alert' || dueMs < MONDAY_0600 + MEDIA_HORIZONS.kept_ms,
      );
      if (total(week) <= budget) for (const { sha256 } of week) expect(evicted.has(sha256)).toBe(false);
      // Whatever goes, goes after all that is needed less; and when something must go that is needed, only for what is sooner.
      for (const { sha256 } of plan.lacking) expect(plan.hold.has(sha256)).toBe(false);
      if (total(left) > target) expect(left.every(({ sha256 }) => plan.hold.has(sha256))).toBe(true);
      if (needs.every(({ why }) => why !== 'alert'))
        expect(total(needs.filter(({ sha256 }) => plan.keep.has(sha256)))).toBeLessThanOrEqual(budget);
    }),
    { numRuns: 500 },
  );
});

test('once everything is as planned, nothing goes and nothing comes: no download goes in a circle (property)', () => {
  fc.assert(
    fc.property(anyCase, ({ needs, budget }) => {
      const room = { budget, card: undefined };
      const { fetch } = planMedia(needs, [], room, MONDAY_0600);
      const files = fetch.map(
        ({ sha256, bytes }): HeldMedia => ({ name: sha256, sha256, bytes, isWhole: true, usedAt: 0 }),
      );
      const settled = planMedia(needs, files, room, MONDAY_0600);
      expect(settled.fetch).toEqual([]);
      const alerts = total(needs.filter(({ why }) => why === 'alert'));
      if (alerts === 0) expect(toEvict(files, settled, budget, () => false)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
