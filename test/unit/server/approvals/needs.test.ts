import { describe, expect, it } from 'vitest';
import type { UnsignedOrder } from '../../../../firmware-protocol/content/order.ts';
import { isAlone, needs, type Policy } from '../../../../server/approvals/needs.ts';

const POLICY: Policy = { quiet: [{ from: '21:00', until: '06:00' }], alone: [] };
const DAY = Date.parse('2026-11-26T10:00:00+07:00');
const NIGHT = Date.parse('2026-11-26T23:30:00+07:00');

const order = (more: object = {}): UnsignedOrder => ({
  format: 1,
  id: '01JCKZ5V00000000000000000A',
  to: ['4301'],
  by: 'somchai',
  issued_at: '2026-11-26T10:00:00.000+07:00',
  expires_at: '2026-11-26T10:15:00.000+07:00',
  kind: 'announce',
  band: 60,
  announcement: {
    title: 'ประชุมหมู่บ้าน',
    tower: { chime: 'ding', parts: [], times: 1, gap_ms: 0 },
    panel: { pages: [{ text: 'ประชุมหมู่บ้าน' }] },
  },
  ...more,
});
const asked = (more: object, areas: string[], now = DAY) => needs(order(more), { areas, now }, POLICY);

describe('a second person is needed', () => {
  it.each<[string, object, string[], number, string[]]>([
    ['a district by day', {}, ['4301'], DAY, []],
    ['a village, twice in one district', {}, ['43010101', '430102'], DAY, []],
    ['a province', {}, ['43'], DAY, ['wide']],
    ['the nation', {}, ['th'], DAY, ['wide']],
    ['two districts', {}, ['43010101', '43020101'], DAY, ['wide']],
    ['at night', {}, ['4301'], NIGHT, ['quiet-hours']],
    ['asked by day for the night', { start_at: '2026-11-26T21:00:00+07:00' }, ['4301'], DAY, ['quiet-hours']],
    ['asked at night for the day', { start_at: '2026-11-27T06:00:00+07:00' }, ['4301'], NIGHT, []],
    ['a sign at night wakes nobody', { outputs: ['panel'] }, ['4301'], NIGHT, []],
    ['an alert by day', { kind: 'alert', band: 90 }, ['4301'], DAY, ['alert']],
    ['an alert at night', { kind: 'alert', band: 90 }, ['4301'], NIGHT, ['alert']],
    ['an alert to all', { kind: 'alert', band: 90 }, ['th'], DAY, ['alert', 'wide']],
    ['a test to a province', { kind: 'test', band: 40 }, ['43'], DAY, ['wide']],
  ])('%s', (_what, more, areas, now, expected) => {
    expect(asked(more, areas, now)).toEqual(expected);
  });

  it('never to stop, and never to clear', () => {
    const {
      kind: _kind,
      band: _band,
      announcement: _what,
      ...envelope
    } = order() as never as Record<string, never>;
    const all = { areas: ['th'], now: NIGHT };
    expect(needs({ ...envelope, kind: 'stop', stops: 'everything' } as never, all, POLICY)).toEqual([]);
    expect(needs({ ...envelope, kind: 'all-clear', clears: 'A' } as never, all, POLICY)).toEqual([]);
  });
});

it('one person is enough only where all of it lies in areas that are so configured', () => {
  const alone = { ...POLICY, alone: ['430101'] };
  const within = (...areas: string[]) => isAlone({ areas }, alone);
  expect(within('43010101', '430101')).toBe(true);
  expect(within('43010101', '43010201')).toBe(false);
  expect(within('4301')).toBe(false);
  expect(isAlone({ areas: ['43010101'] }, POLICY)).toBe(false);
});
