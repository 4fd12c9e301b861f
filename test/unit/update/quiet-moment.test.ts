import { expect, test } from 'vitest';
import type { Claim } from '../../../device/ports.ts';
import { whyNotNow } from '../../../device/update/quiet-moment.ts';
import type { Programme } from '../../../firmware-protocol/content/programme.ts';
import { MORNING_NEWS } from '../../../scripts/virtual-world/sayings.ts';

/** F44: when the agent may stop for a minute. */

const at = (time: string) => Date.parse(`2026-11-16T${time}+07:00`);
const NEWS: Programme = {
  format: 1,
  area: '43',
  version: 1,
  by: 'สมชาย',
  issued_at: '2026-11-01T00:00:00+07:00',
  valid_until: '2027-01-01T00:00:00+07:00',
  entries: [MORNING_NEWS],
  signature: { key: 'server-1', value: 'A'.repeat(86) },
};
const CLAIM: Claim = {
  ...{
    play: '01JCKZ5V00000000000000000A',
    output: 'tower',
    boot: 1,
    at: 0,
    keep_until: 0,
    state: 'accepted',
  },
};
const why = (time: string, world: { playing?: boolean; claims?: Claim[]; programmes?: Programme[] } = {}) =>
  whyNotNow({
    playout: { now: () => (world.playing ? { tower: { play: CLAIM.play, title: 'ข่าว', band: 40 } } : {}) },
    store: { openClaims: async () => world.claims ?? [] },
    programmes: () => world.programmes ?? [],
    wall: () => at(time),
  });

test('on air, or with an order that is accepted and not ended, it may not', async () => {
  expect(await why('12:00:00', { playing: true })).toBe('on-air');
  expect(await why('12:00:00', { claims: [CLAIM] })).toBe('waiting');
  expect(await why('12:00:00')).toBeUndefined();
});

test('within five minutes of what the programme holds it may not', async () => {
  const starts = MORNING_NEWS.starts.slice(11);
  const before = (ms: number) => new Date(at(starts) - ms + 7 * 3_600_000).toISOString().slice(11, 19);
  expect(await why(before(5 * 60_000 + 1_000), { programmes: [NEWS] })).toBeUndefined();
  expect(await why(before(4 * 60_000), { programmes: [NEWS] })).toBe('soon-due');
});
