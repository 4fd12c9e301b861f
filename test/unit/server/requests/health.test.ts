import { expect, it } from 'vitest';
import { addHall } from '../office.ts';
import { openProvince } from './province.ts';

const MINUTE_MS = 60_000;

it('tells what a hall measured, thinned, to people who see the hall, and leaves out what is no measurement', async () => {
  const province = await openProvince();
  const { db, clock } = province;
  await addHall(db, 'hall-a', '43010101');
  const now = clock.wall();
  const measured = (minute: number) => ({
    ...{ device: 'hall-a', zone: '43', at: now - minute * MINUTE_MS },
    document: JSON.stringify({
      at: '2026-11-13T09:00:00.000+07:00',
      ...{ uptime_s: minute, rss_bytes: 1, reports_waiting: 0 },
    }),
  });
  await db.health.append([
    ...Array.from({ length: 600 }, (_, minute) => measured(minute + 1)),
    { device: 'hall-a', zone: '43', at: now - 1, document: 'เสีย' },
  ]);
  const day = await province.ask('health', { device: 'hall-a', points: 24 });
  expect(day.step_ms).toBe(60 * MINUTE_MS);
  expect(day.points.map(({ health }) => health.uptime_s)).toEqual([
    541, 481, 421, 361, 301, 241, 181, 121, 61,
  ]);
  const all = await province.ask('health', { device: 'hall-a' });
  expect(all.points.length).toBeLessThanOrEqual(500);
  expect(await province.answer('kamnan', 'health', { device: 'hall-a' })).toMatchObject({ status: 'ok' });
  await addHall(db, 'hall-far', '41010101');
  expect(await province.answer('somchai', 'health', { device: 'hall-far' })).toMatchObject({
    error: { code: 'outside-scope' },
  });
  const { from, until } = day;
  expect(
    await province.answer('somchai', 'health', { device: 'hall-a', from: until, until: from }),
  ).toMatchObject({ error: { code: 'request-invalid', faults: [{ path: 'from' }] } });
});
