import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChainedReport, Database } from '../../../server/tables.ts';
import { addHall } from '../../unit/server/office.ts';
import { DATABASES, DatabaseSource } from './databases.ts';

/** More than two full statements of SQLite, and a rest. */
const MANY = 150;

describe.each(DATABASES)('many rows at once on %s', (kind) => {
  let source: DatabaseSource;
  let db: Database;

  beforeAll(async () => {
    source = await DatabaseSource.of(kind);
  });
  afterAll(() => source.close());
  beforeEach(async () => {
    db = await source.open();
    await addHall(db, 'hall-mae', '43010101');
    await addHall(db, 'hall-far', '57010101', false);
  });

  const report = (n: number): ChainedReport => ({
    ...{ device: 'hall-mae', chain: 1, n, hash: String(n).padStart(64, '0'), at: 'now', boot: 1 },
    ...{ type: 'ended', play: n % 2 === 0 ? null : 'ข่าวเช้า', document: `{"ก":"${n} \\"\\u0000\t"}\r\n\\.` },
  });
  const all = Array.from({ length: MANY }, (_, at) => report(at + 1));

  it('are stored as they were given', async () => {
    await db.reports.append(all);
    const rows = await db.reports.list('hall-mae', { after: 0, limit: MANY + 1 });
    expect(rows).toEqual(all.map(({ device: _hall, chain: _first, ...row }) => row));
  });

  it.each(['alone', 'in a transaction'])('are stored all or none, %s', async (where) => {
    await db.reports.append([report(MANY)]);
    const append = () =>
      where === 'alone' ? db.reports.append(all) : db.transaction((t) => t.reports.append(all));
    await expect(append()).rejects.toThrow();
    expect((await db.reports.counts('th')).get('hall-mae')).toBe(1);
  });

  it('of measurements are those of halls on their own topic, each moment once; who was away is told', async () => {
    const rows = Array.from({ length: MANY }, (_, at) => [
      { device: 'hall-mae', zone: '43', at, document: `${at}` },
      { device: 'hall-mae', zone: '43', at, document: 'said twice' },
      { device: 'hall-mae', zone: '57', at: at + MANY, document: 'on the topic of another zone' },
      { device: 'hall-nobody', zone: '43', at, document: 'of nobody' },
      { device: 'hall-far', zone: '57', at, document: `far ${at}` },
    ]).flat();
    expect(await db.health.append(rows)).toEqual(new Set(['hall-far']));
    expect(await db.health.append(rows)).toEqual(new Set(['hall-far']));
    const mae = await db.health.list('hall-mae', { since: 0, limit: 1_000 });
    expect(mae.map(({ document }) => document)).toEqual(
      Array.from({ length: MANY }, (_, at) => String(MANY - 1 - at)),
    );
    expect(await db.health.list('hall-nobody', { since: 0, limit: 9 })).toEqual([]);
    expect(await db.health.list('hall-far', { since: 0, limit: 1_000 })).toHaveLength(MANY);
    // Where none is unusual, and some are known: the others are stored.
    const later = [{ device: 'hall-mae', zone: '43', at: MANY, document: 'later' }];
    expect(await db.health.append([...rows.slice(0, 1), ...later])).toEqual(new Set());
    expect(
      (await db.health.list('hall-mae', { since: MANY, limit: 9 })).map((each) => each.document),
    ).toEqual(['later']);
  });
});
