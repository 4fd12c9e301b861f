import { expect, it } from 'vitest';
import type { Database } from '../../../server/tables.ts';
import { addHall } from '../../unit/server/office.ts';
import { DATABASES, DatabaseSource } from './databases.ts';

const START = Date.parse('2026-11-13T09:00:00+07:00');
const MINUTE_MS = 60_000;

it.each(DATABASES)('a day of a hall is thinned to the last of each stretch, on %s', async (kind) => {
  const source = await DatabaseSource.of(kind);
  const db: Database = await source.open();
  try {
    await addHall(db, 'hall-a', '43010101');
    await addHall(db, 'hall-b', '43010102');
    const minutes = Array.from({ length: 1_440 }, (_, minute) => minute);
    for (const device of ['hall-a', 'hall-b'])
      await db.health.append(
        minutes.map((minute) => ({
          ...{ device, zone: '43', at: START + minute * MINUTE_MS + 7 },
          document: `${device} ${minute}`,
        })),
      );
    const about = { from: START, until: START + 1_440 * MINUTE_MS, stepMs: 60 * MINUTE_MS };
    const hours = await db.health.thinned('hall-a', about);
    expect(hours.map(({ document }) => document)).toEqual(
      minutes.filter((minute) => minute % 60 === 59).map((minute) => `hall-a ${minute}`),
    );
    expect(hours[0]?.at).toBe(START + 59 * MINUTE_MS + 7);
    const some = { from: START + 10 * MINUTE_MS, until: START + 12 * MINUTE_MS, stepMs: 1_000 };
    expect((await db.health.thinned('hall-b', some)).map(({ document }) => document)).toEqual([
      'hall-b 10',
      'hall-b 11',
    ]);
  } finally {
    await source.close();
  }
});
