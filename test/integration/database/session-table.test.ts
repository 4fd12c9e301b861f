import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../server/tables.ts';
import { DATABASES, DatabaseSource } from './databases.ts';

/** Who is logged on, on every database that a server may have. */
describe.each(DATABASES)('sessions on %s', (kind) => {
  let source: DatabaseSource;
  let db: Database;
  beforeAll(async () => {
    source = await DatabaseSource.of(kind);
    db = await source.open();
  });
  afterAll(() => source.close());

  const session = (at: number, user = 'somchai') => ({
    ...{ id: `${user}-${at}`, user, passwordSha: 'ab', beganAt: 1_794_562_200_000 + at },
    until: 1_794_605_400_000 + at,
  });
  const there = async (...ids: string[]) =>
    (await Promise.all(ids.map((id) => db.sessions.get(id)))).map(Boolean);

  it('come back as they were, times beyond 32 bits too, and go when they are dropped', async () => {
    await db.sessions.add(session(1), 2);
    expect(await db.sessions.get('somchai-1')).toEqual(session(1));
    await db.sessions.drop('somchai-1');
    expect(await db.sessions.get('somchai-1')).toBeUndefined();
  });

  it('of one account are so many, the newest; those of others stay', async () => {
    await db.sessions.add(session(0, 'malee'), 2);
    for (const at of [1, 2, 3]) await db.sessions.add(session(at), 2);
    expect(await there('somchai-1', 'somchai-2', 'somchai-3', 'malee-0')).toEqual([false, true, true, true]);
  });

  it('that are over go together', async () => {
    await db.sessions.dropExpired(session(3).until);
    expect(await there('somchai-2', 'somchai-3', 'malee-0')).toEqual([false, true, false]);
  });

  it('and passkeys come back as they were, and go with their account', async () => {
    const passkey = { id: 'a'.repeat(683), user: 'somchai', publicKey: 'MFk', title: 'โทรศัพท์' };
    const made = { ...passkey, count: 4_294_967_295, madeAt: 1_794_562_200_123, usedAt: null };
    await db.passkeys.add(made);
    await expect(db.passkeys.add({ ...made, user: 'malee' })).rejects.toThrow();
    await db.passkeys.add({ ...made, id: 'b', user: 'malee' });
    expect(await db.passkeys.of('somchai')).toEqual([made]);
    await db.passkeys.used(made.id, 7, 1_794_562_200_456);
    expect(await db.passkeys.get(made.id)).toEqual({ ...made, count: 7, usedAt: 1_794_562_200_456 });
    await db.passkeys.drop('malee', made.id);
    expect(await db.passkeys.of('somchai')).toHaveLength(1);
    await db.passkeys.dropOf('somchai');
    expect([await db.passkeys.of('somchai'), (await db.passkeys.of('malee')).length]).toEqual([[], 1]);
  });
});
