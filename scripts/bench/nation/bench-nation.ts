import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import type { UnsignedOrder } from '../../../firmware-protocol/content/order.ts';
import type { ReportEvent } from '../../../firmware-protocol/content/report.ts';
import { newKeyPair, signed, signingKey } from '../../../firmware-protocol/content/signature.ts';
import { Dispatcher } from '../../../server/dispatch/dispatcher.ts';
import { RESEND } from '../../../server/dispatch/resend-schedule.ts';
import { openDatabase } from '../../../server/drivers/database/database.ts';
import { openSqlite, type SqliteFile } from '../../../server/drivers/database/libsql.ts';
import { orderIds } from '../../../server/drivers/order-ids.ts';
import { systemClock, systemRandom } from '../../../server/drivers/system-clock.ts';
import { RollUp } from '../../../server/fleet/roll-up.ts';
import type { Database } from '../../../server/tables.ts';
import type { Cli } from '../../cli.ts';
import { type BenchRow, median, rowOf } from '../row.ts';
import { benchAlertToEach } from './alert-to-each.ts';
import { birthsRow } from './births.ts';
import { enrolNation, villageOf } from './villages.ts';

/** From a province of today's pilots to the country. */
const SIZES = [1_000, 10_000, 75_000];
const RUNS = 20;
const ROLL_UP_MS = 1;
/** Answers that are stored in one transaction, as a busy ledger does. */
const AT_ONCE = 200;

/**
 * What a server of the nation does for 75,000 halls, and how it grows from 1,000: the map of 77 provinces, an order to all, the
 * answers of all, what became of it, and the return of all. Floors: the same question to SQLite, the same rows written to it. At last an alert to
 * most villages one by one.
 */
export async function benchNation(cli: Cli): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const size of SIZES) {
    cli.say(`${size} halls`);
    rows.push(...(await benchSize(size)));
  }
  return [...rows, ...(await benchAlertToEach(cli))];
}

async function benchSize(size: number): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-bench-'));
  const path = join(folder, 'server.db');
  const db = await openDatabase(path);
  try {
    const halls = await enrolNation(db, size);
    const sqlite = openSqlite(path);
    const rollUp = await rollUpRow(size, db, sqlite);
    const orders = await orderRows(size, halls, db, sqlite);
    const births = await birthsRow(halls, db, sqlite);
    sqlite.close();
    return [rollUp, ...orders, births];
  } finally {
    await db.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The map of the country: each province with its counts. */
async function rollUpRow(size: number, db: Database, sqlite: SqliteFile): Promise<BenchRow> {
  const rollUp = new RollUp(db.devices);
  await rollUp.load();
  const map = () => rollUp.partsOf('th').map((part) => [part, rollUp.of(part)] as const);
  const query = sqlite.prepare(
    `SELECT substr(village, 1, 2) AS part, count(*) AS halls, sum(online) AS online,
       sum(state LIKE '%"works":false%') AS fault FROM devices GROUP BY part`,
  );
  const product = timesOf(map);
  const floor = timesOf(() => query.all([]));
  const known = map().reduce((sum, [, { halls }]) => sum + halls, 0);
  if (known !== size) throw new Error(`the map knows ${known} of ${size} halls`);
  const row = rowOf({
    ...{ name: `roll-up of ${size}`, unit: 'ms', product: median(product), floor: median(floor) },
    ...{ worst: Math.max(...product), runs: RUNS },
  });
  return { ...row, pass: row.product <= ROLL_UP_MS };
}

async function orderRows(
  size: number,
  halls: string[],
  db: Database,
  sqlite: SqliteFile,
): Promise<BenchRow[]> {
  const { dispatcher, announce } = outbox(db);
  const startedAt = performance.now();
  const { order, devices } = await dispatcher.send(announce(['th']));
  const sentMs = performance.now() - startedAt;
  if (devices !== size) throw new Error(`the order is for ${devices} of ${size} halls`);
  const writtenMs = await timeOf(() => rowsWritten(db, size));
  const answeredMs = await timeOf(() => answersOf(halls, order.id, db, dispatcher));
  const tallies: number[] = [];
  for (let run = 0; run < RUNS; run++)
    tallies.push(await timeOf(() => dispatcher.progress({ order: order.id, areas: ['th'], limit: 1 })));
  const done = (await dispatcher.progress({ order: order.id, areas: ['th'], limit: 1 }))?.fates.finished;
  if (done !== size) throw new Error(`${done} of ${size} halls are done`);
  const bare = bareRows(size, sqlite);
  const one = (name: string, product: number, floor: number) =>
    rowOf({ name: `${name} ${size}`, unit: 'ms', product, floor, runs: 1 });
  return [
    one('order to', sentMs, bare.insertMs),
    one('rows of an order to', writtenMs, bare.insertMs),
    one('answers of', answeredMs, bare.updateMs),
    rowOf({
      ...{ name: `fates of ${size}`, unit: 'ms', product: median(tallies), floor: bare.countMs },
      ...{ worst: Math.max(...tallies), runs: RUNS },
    }),
    await besideRow(size, db),
  ];
}

/** As the outbox writes them behind an order to `size` halls. */
async function rowsWritten(db: Database, size: number): Promise<void> {
  for (let rows = 0; rows <= size; rows += RESEND.rowsAtOnce) {
    await db.transaction(({ orders }) => orders.writeRows(RESEND.rowsAtOnce));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/**
 * An order to one village and its answer, again and again while the rows of an order to all are written: from the asking until the answer
 * is counted. Floor: the same with nothing beside it.
 */
async function besideRow(size: number, db: Database): Promise<BenchRow> {
  const { dispatcher, announce } = outbox(db);
  const village = villageOf(0);
  const [device] = (await db.devices.within(village)).map(({ id }) => id);
  if (device === undefined) throw new Error('nobody is in the first village');
  const one = async () => {
    const { order } = await dispatcher.send(announce([village]));
    const accepted = { type: 'accepted', play: order.id, kind: 'announce', outputs: ['panel'] } as const;
    await db.transaction((tables) => dispatcher.heard(tables, [{ device, event: accepted }]));
  };
  const calm: number[] = [];
  for (let run = 0; run < RUNS; run++) calm.push(await timeOf(one));
  await rowsWritten(db, RUNS * RESEND.rowsAtOnce);
  await dispatcher.send(announce(['th']));
  let isWritten = false;
  const written = rowsWritten(db, size).then(() => {
    isWritten = true;
  });
  const beside: number[] = [];
  while (!isWritten) beside.push(await timeOf(one));
  await written;
  return rowOf({
    ...{ name: `order and answer beside the rows of ${size}`, unit: 'ms' },
    ...{ product: median(beside), floor: median(calm), worst: Math.max(...beside), runs: beside.length },
  });
}

/** An outbox without a wire, which sends nothing again. */
function outbox(db: Database) {
  const clock = systemClock();
  const random = systemRandom();
  const key = signingKey('bench', newKeyPair().seed);
  const signer = { sign: async <T extends object>(document: T) => signed(document, key) };
  const newOrderId = orderIds(clock, random);
  const quiet = () => {};
  const log = { info: quiet, warn: quiet, error: quiet };
  const broker = { publish: async () => {} };
  const dispatcher = new Dispatcher({ db, signer, clock, random, newOrderId, log, broker });
  const announce = (to: string[]): UnsignedOrder => ({
    ...{ format: 1, id: newOrderId(), kind: 'announce', band: 60, to, by: 'bench' },
    ...{ issued_at: instantOf(clock.wall()), expires_at: instantOf(clock.wall() + 900_000) },
    announcement: { title: 'เตือนภัยออนไลน์', panel: { pages: [{ text: 'อย่าเชื่อ อย่าโอน โทร 1441' }] } },
  });
  return { dispatcher, announce };
}

/** Each hall accepts, begins and ends, as its reports tell it: all of them the one before any the next. */
async function answersOf(halls: string[], play: string, db: Database, dispatcher: Dispatcher): Promise<void> {
  const about = { play, output: 'panel' } as const;
  const events: ReportEvent[] = [
    { type: 'accepted', play, kind: 'announce', outputs: ['panel'] },
    { type: 'started', ...about, band: 60, title: 'เตือนภัยออนไลน์' },
    { type: 'ended', ...about, ended_at: instantOf(Date.now()), outcome: 'finished' },
  ];
  for (const event of events)
    for (let from = 0; from < halls.length; from += AT_ONCE) {
      const said = halls.slice(from, from + AT_ONCE).map((device) => ({ device, event }));
      await db.transaction((tables) => dispatcher.heard(tables, said));
    }
}

/** As many rows of the same size, written, changed three times and counted by prepared statements alone. */
function bareRows(size: number, sqlite: SqliteFile) {
  const run = (text: string, values: unknown[] = []) => sqlite.prepare(text).run(values);
  run(
    'CREATE TABLE bare (order_id TEXT, device TEXT, state TEXT, outcomes TEXT, sends INTEGER, PRIMARY KEY (order_id, device))',
  );
  const insertMs = timed(() =>
    run(`INSERT INTO bare SELECT '01J00000000000000000000000', id, 'waiting', '{}', 0 FROM devices`),
  );
  const ids = (sqlite.prepare('SELECT device FROM bare').all([]) as { device: string }[]).map(
    ({ device }) => device,
  );
  const update = sqlite.prepare(
    `UPDATE bare SET state = ?, outcomes = ? WHERE order_id = '01J00000000000000000000000' AND device = ?`,
  );
  const updateMs = timed(() => {
    for (const state of ['accepted', 'playing', 'ended'])
      for (let from = 0; from < ids.length; from += AT_ONCE) {
        run('BEGIN');
        for (const id of ids.slice(from, from + AT_ONCE))
          update.run([state, '{"panel":{"outcome":"finished"}}', id]);
        run('COMMIT');
      }
  });
  const count = sqlite.prepare('SELECT state, count(*) FROM bare GROUP BY state');
  return { insertMs, updateMs, countMs: median(timesOf(() => count.all([]))), size };
}

function timesOf(work: () => unknown): number[] {
  work();
  return Array.from({ length: RUNS }, () => timed(work));
}

function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
