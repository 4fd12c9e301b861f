import { beforeEach, describe, expect, it } from 'vitest';
import { AUDIT_START, followChain } from '../../../../firmware-protocol/content/audit.ts';
import type { GroupTable } from '../../../../server/areas/place-records.ts';
import { AuditBook } from '../../../../server/audit/audit-book.ts';
import { openDatabase } from '../../../../server/drivers/database/database.ts';
import { ServerError } from '../../../../server/errors.ts';
import type { Database } from '../../../../server/tables.ts';
import { HandClock } from '../hand-clock.ts';

const clock = new HandClock();
const push = { who: 'somchai', act: 'request/push', document: { to: ['43'] } };
const loud = { who: 'somchai', act: 'alone', outcome: 'done' } as const;

let db: Database;
let book: AuditBook;
beforeEach(async () => {
  db = await openDatabase(':memory:');
  book = new AuditBook({ db, clock });
});

const told = async () => (await book.lines(0, 100)).map((line) => JSON.parse(line));
const store = (groups: GroupTable, id = 'schools') =>
  groups.put({ id, title: 'โรงเรียน', areas: ['43'], by: 'somchai', changedAt: 0 });

describe('what was asked, and is written together with what comes of it', () => {
  it('is judged before, and durable with what is stored', async () => {
    const linesWhenJudged = await book.recordedWith(push, async (asked) => {
      const judged = await told();
      asked.also(loud);
      await asked.with(({ groups }) => store(groups));
      expect(await told()).toMatchObject([{ act: 'request/push', outcome: 'asked' }, { act: 'alone' }]);
      return judged;
    });
    expect(linesWhenJudged).toEqual([]);
    expect(await db.groups.get('schools')).toBeDefined();
    expect((await told())[2]).toMatchObject({ n: 3, outcome: 'done', of: 1 });
  });

  it('is not stored where its line cannot be written, and the line stands where it was not stored', async () => {
    const full = new AuditBook({
      db: {
        audit: db.audit,
        amongOthers: (work) =>
          db.amongOthers((tables) => {
            const append = () => Promise.reject(new Error('the disk is full'));
            return work({ ...tables, audit: { ...tables.audit, append } });
          }),
      },
      clock,
    });
    const storing = full.recordedWith(push, (asked) => asked.with(({ groups }) => store(groups)));
    await expect(storing).rejects.toThrow('the disk is full');
    expect(await db.groups.get('schools')).toBeUndefined();

    const refused = book.recordedWith(push, (asked) => {
      asked.also(loud);
      return asked.with(async ({ groups }) => {
        await store(groups);
        throw new ServerError('nobody-there', { context: { areas: '43' } });
      });
    });
    await expect(refused).rejects.toMatchObject({ code: 'nobody-there' });
    expect(await db.groups.get('schools')).toBeUndefined();
    expect(await told()).toMatchObject([
      { n: 1, act: 'request/push', outcome: 'asked' },
      { n: 2, act: 'alone' },
      { n: 3, outcome: 'refused', of: 1, code: 'nobody-there' },
    ]);
  });

  it('is written by itself where nothing is stored', async () => {
    const blunder = book.recordedWith(push, () => Promise.reject(new Error('a blunder')));
    await expect(blunder).rejects.toThrow('a blunder');
    await book.recordedWith(push, async (asked) => {
      await asked.written();
      expect(await told()).toHaveLength(3);
      asked.also(loud);
      await asked.with(({ groups }) => store(groups));
      await asked.with(({ groups }) => store(groups, 'temples'));
    });
    expect(await told()).toMatchObject([
      { outcome: 'asked' },
      { outcome: 'refused', of: 1, code: 'internal' },
      { outcome: 'asked' },
      { act: 'alone' },
      { outcome: 'done', of: 3 },
    ]);
    expect(await db.groups.get('temples')).toBeDefined();
  });

  it('stands in one chain with what others write, and takes none of theirs with it when it is refused', async () => {
    const works = Array.from({ length: 30 }, (_, at) => [
      book.write({ ...push, outcome: 'asked' }),
      book
        .recordedWith(push, (asked) =>
          asked.with(async ({ groups }) => {
            await store(groups, `group-${at}`);
            if (at % 3 === 0) throw new ServerError('nobody-there', { context: { areas: '43' } });
          }),
        )
        .catch(() => {}),
    ]);
    await Promise.all(works.flat());
    const lines = await book.lines(0, 1_000);
    expect(followChain(lines, AUDIT_START)).toEqual({ head: await book.head() });
    expect(lines).toHaveLength(90);
    expect(await db.groups.all()).toHaveLength(20);
  });
});
