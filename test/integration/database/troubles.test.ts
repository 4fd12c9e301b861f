import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TroubleRecord } from '../../../server/fleet/trouble-records.ts';
import type { Database } from '../../../server/tables.ts';
import { DATABASES, DatabaseSource } from './databases.ts';

const trouble = (id: string, village: string): TroubleRecord => ({
  ...{ id, village, part: 'tower', text: 'ลำโพงทิศเหนือเงียบ', by: 'kamnan', at: 1_790_000_000_000 },
  ...{ closedBy: null, closedAt: null, done: null },
});

describe.each(DATABASES)('troubles on %s', (kind) => {
  let source: DatabaseSource;
  let db: Database;
  beforeAll(async () => {
    source = await DatabaseSource.of(kind);
  });
  afterAll(() => source.close());
  beforeEach(async () => {
    db = await source.open();
    await db.troubles.add(trouble('01J0000000000000000000000A', '43010101'));
    await db.troubles.add(trouble('01J0000000000000000000000B', '43010102'));
    await db.troubles.add(trouble('01J0000000000000000000000C', '41010101'));
  });

  it('are told of the areas that are asked for, the newest first', async () => {
    const rows = await db.troubles.within(['43'], { closed: false, limit: 9 });
    expect(rows.map(({ village }) => village)).toEqual(['43010102', '43010101']);
    expect(rows[1]).toEqual(trouble('01J0000000000000000000000A', '43010101'));
  });

  it('are closed once, by whom and with what was done, and then only told where closed ones are asked for', async () => {
    const id = '01J0000000000000000000000A';
    expect(await db.troubles.close(id, 'chang', 1_790_000_100_000, 'เปลี่ยนสายลำโพง')).toBe(true);
    expect(await db.troubles.close(id, 'other', 1_790_000_200_000, 'x')).toBe(false);
    expect(await db.troubles.open('43010101')).toBe(0);
    expect(await db.troubles.within(['4301'], { closed: false, limit: 9 })).toHaveLength(1);
    const [, first] = await db.troubles.within(['4301'], { closed: true, limit: 9 });
    expect(first).toMatchObject({ closedBy: 'chang', closedAt: 1_790_000_100_000, done: 'เปลี่ยนสายลำโพง' });
  });
});
