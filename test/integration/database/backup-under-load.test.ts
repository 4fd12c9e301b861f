import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { AUDIT_START, followChain } from '../../../firmware-protocol/content/audit.ts';
import { FIRST_PREV, hashOf } from '../../../firmware-protocol/content/report.ts';
import { backup, restore } from '../../../server/app/backup.ts';
import { AuditBook } from '../../../server/audit/audit-book.ts';
import type { ServerConfig } from '../../../server/config.ts';
import { sql } from '../../../server/drivers/database/connection.ts';
import { openPostgresConnection } from '../../../server/drivers/database/postgres-database.ts';
import { addHall, announceTo, batchOf, chain, type Hall, openOffice } from '../../unit/server/office.ts';
import { DATABASES, DatabaseSource } from './databases.ts';

const HALLS = 16;
const BETWEEN_PUSHES_MS = 20;
const BETWEEN_BATCHES_MS = 5;
const MOST = { areas: ['th'], limit: 500 };
const opened: DatabaseSource[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((source) => source.close()));
});

/** As the database itself tells of a while: transactions that were given up. */
async function givenUp({ database }: ServerConfig): Promise<number> {
  if (database === 'sqlite') return 0;
  const own = await openPostgresConnection(database.postgres);
  await sql`select pg_stat_force_next_flush()`.execute(own);
  const { rows } = await sql<{ count: number }>`
    select xact_rollback as count from pg_stat_database where datname = current_database()`.execute(own);
  await own.destroy();
  return Number(rows[0]?.count);
}

describe.each(DATABASES)('a backup of %s while halls report and people ask', (kind) => {
  it('is of one moment, and whole when it is restored', async () => {
    const source = await DatabaseSource.of(kind);
    opened.push(source);
    const [before, after] = [source.config(), source.config()];
    const db = await source.open(before);
    const { dispatcher, ledger, clock } = await openOffice(db);
    const book = new AuditBook({ db, clock });
    const halls: Hall[] = [];
    for (let at = 0; at < HALLS; at++)
      halls.push(await addHall(db, `hall-${at}`, `43${String(at).padStart(6, '0')}`));

    let isOver = false;
    let stored = 0;
    let latest = '';
    /** A hall answers each order, and says something beside it. */
    const speaks = async (hall: Hall) => {
      let last = { n: 0, hash: FIRST_PREV };
      const answered = new Set<string>();
      while (!isOver) {
        await wait(BETWEEN_BATCHES_MS);
        const id = latest;
        const said = chain(
          answered.has(id)
            ? [{ type: 'booted', version: '1', clean: true }]
            : [{ type: 'accepted', play: id, kind: 'announce', outputs: ['panel'] }],
          last,
        );
        answered.add(id);
        const receipt = await ledger.take(hall.record, batchOf(hall, said));
        const [report] = said;
        if (report === undefined || receipt?.n !== report.n) throw new Error('not receipted');
        last = { n: report.n, hash: hashOf(report) };
        stored++;
      }
    };
    const push = async () => {
      const sent = await book.recordedWith({ who: 'somchai', act: 'request/push' }, (asked) =>
        dispatcher.send(announceTo(clock, ['43']), asked),
      );
      latest = sent.order.id;
    };
    await push();
    const asks = async () => {
      while (!isOver) {
        await wait(BETWEEN_PUSHES_MS);
        await clock.advance(1_000);
        await push();
        await db.amongOthers(({ orders }) => orders.writeRows(1_000));
        await db.transaction(async ({ groups }) => {
          const group = await groups.get('schools');
          await groups.put({
            id: 'schools',
            title: 'โรงเรียน',
            areas: group?.areas ?? ['43010101'],
            by: 'x',
            changedAt: stored,
          });
        });
      }
    };
    const load = [...halls.map(speaks), asks()];
    void Promise.allSettled(load);
    await expect.poll(() => stored, { timeout: 30_000 }).toBeGreaterThan(5 * HALLS);

    const file = join(before.data, 'ประจำวัน.backup');
    const [begun, undone] = [stored, await givenUp(before)];
    const made = await backup(before, file, { now: clock.wall() });
    const ended = stored;
    isOver = true;
    await Promise.all(load);
    expect(ended).toBeGreaterThan(begun);
    // Its own, which has nothing to keep.
    expect((await givenUp(before)) - undone).toBe(kind === 'sqlite' ? 0 : 1);

    expect((await restore(after, file)).tables).toEqual(made.tables);
    const copy = await source.open(after);
    for (const { id } of halls) {
      const reports = await copy.reports.list(id, { after: 0, limit: 10_000 });
      const end = (await copy.devices.chains([id])).get(id);
      expect(end).toMatchObject({ n: reports.length, hash: reports.at(-1)?.hash });
      // Who answered, by his reports, is who answered by his deliveries.
      const answers = reports.flatMap(({ type, play }) => (type === 'accepted' && play ? [play] : []));
      const { readable } = await copy.deliveries.those(answers.map((order) => ({ order, device: id })));
      expect(readable.map(({ state }) => state)).toEqual(answers.map(() => 'accepted'));
    }
    const orders = await copy.orders.recent(['43'], 10_000);
    expect(orders.length).toBe(made.tables.orders);
    const page = await copy.deliveries.page(orders.at(-1)?.order.id ?? '', MOST);
    expect(page).toHaveLength(HALLS);
    const lines = await copy.audit.lines(0, 10_000);
    expect(followChain(lines, AUDIT_START)).toEqual({ head: await copy.audit.head() });
  });
});
