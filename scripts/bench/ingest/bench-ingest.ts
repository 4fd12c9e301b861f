import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReading } from '../../../server/app/reading.ts';
import { openSigner } from '../../../server/app/signer.ts';
import { configFrom, type ServerConfig } from '../../../server/config.ts';
import { Dispatcher } from '../../../server/dispatch/dispatcher.ts';
import { openDatabaseOf } from '../../../server/drivers/database/database.ts';
import { orderIds } from '../../../server/drivers/order-ids.ts';
import { secretFolder } from '../../../server/drivers/secret-folder.ts';
import { systemClock, systemRandom } from '../../../server/drivers/system-clock.ts';
import type { BatchReading } from '../../../server/fleet/batch-reader.ts';
import { DeviceMail } from '../../../server/fleet/device-mail.ts';
import { HealthLog } from '../../../server/fleet/health-log.ts';
import { LastSeen } from '../../../server/fleet/last-seen.ts';
import { ReportLedger } from '../../../server/fleet/report-ledger.ts';
import { MAIL_LIMITS, MailRoom } from '../../../server/mail-room.ts';
import type { Log } from '../../../server/ports.ts';
import type { Database } from '../../../server/tables.ts';
import type { Cli } from '../../cli.ts';
import { type BenchRow, median, rowOf } from '../row.ts';
import { type Case, cases } from './cases.ts';
import type { Floor, FloorTable } from './floor.ts';
import { floorPostgres } from './floor-postgres.ts';
import { floorSqlite } from './floor-sqlite.ts';
import type { BenchHall } from './mail.ts';
import { PostgresCluster } from './postgres-cluster.ts';

/** Not counted, as both sides compile on their first way through: a server has been at work for days. */
const WARM_RUNS = 1;
const RUNS = 5;
/** Rows that the floor stores by one statement and one commit: no more of them make it any quicker. */
const FLOOR_BATCH = 1_000;
/** Targets of the project: a share of the floor, and ten times what a nation of 75,000 halls measures. */
const PROMISED = { ratio: 0.6, healthASecond: 12_500 } as const;

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * Reports and measurements from the broker's callback to the disk, with every check and each receipt signed, beside the database's own
 * batched inserts of the same rows. Rows a second: a ratio above 1 is not to be had.
 */
export async function benchIngest(cli: Cli): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-bench-'));
  const cluster = PostgresCluster.canRun ? await PostgresCluster.found({ durable: true }) : undefined;
  if (cluster === undefined)
    cli.tell({ en: 'PostgreSQL is not installed: SQLite alone', th: 'ไม่มี PostgreSQL จึงวัดเฉพาะ SQLite' });
  // A server's threads have been at work for days: they compile once, as everything else here does.
  const opened: (() => Promise<void>)[] = [];
  const reading = openReading(silent, opened);
  try {
    const sent = cases();
    const rows: BenchRow[] = [];
    for (const kind of cluster === undefined ? (['sqlite'] as const) : (['sqlite', 'postgresql'] as const))
      for (const each of sent) {
        const name = `${each.name} ${kind}`;
        const figures: Figures[] = [];
        for (let run = 0; run < WARM_RUNS + RUNS; run++) {
          const place = join(folder, `${name}-${run}`);
          const figure = await measured(place, kind === 'sqlite' ? undefined : cluster, each, reading);
          if (run >= WARM_RUNS) figures.push(figure);
          cli.progress(name, (run + 1) / (WARM_RUNS + RUNS));
        }
        rows.push(rowFrom(name, each.table, figures));
      }
    return rows;
  } finally {
    for (const close of opened) await close();
    await cluster?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Figures {
  product: number;
  floor: number;
}

function rowFrom(name: string, table: FloorTable, figures: Figures[]): BenchRow {
  const products = figures.map(({ product }) => product);
  const row = rowOf({
    name,
    unit: table === 'reports' ? 'reports/s' : 'messages/s',
    product: median(products),
    floor: median(figures.map(({ floor }) => floor)),
    worst: Math.min(...products),
    runs: figures.length,
  });
  const quick = table === 'reports' || row.product >= PROMISED.healthASecond;
  return { ...row, pass: row.ratio >= PROMISED.ratio && quick };
}

/** Both sides on a database of their own, one after the other. */
async function measured(
  place: string,
  cluster: PostgresCluster | undefined,
  { table, mail, speakers }: Case,
  reading: BatchReading,
): Promise<Figures> {
  const sides = { product: 0, floor: 0 };
  for (const side of ['floor', 'product'] as const) {
    const data = join(place, side);
    await mkdir(data, { recursive: true });
    const postgres = cluster?.database();
    const config = configFrom({ data, ...(postgres && { database: { postgres } }) }, place);
    const db = await peopled(config, speakers);
    const count = mail.reduce((sum, { rows }) => sum + rows.length, 0);
    if (side === 'product') {
      const seconds = await productSeconds(config, db, mail, reading);
      await refuseLoss(db, table, count, speakers);
      sides.product = count / seconds;
      await db.close();
      continue;
    }
    await db.close();
    const floor =
      postgres === undefined ? floorSqlite(join(data, 'server.db')) : await floorPostgres(postgres);
    sides.floor = count / (await floorSeconds(floor, table, mail));
    await floor.close();
  }
  return sides;
}

async function peopled(config: ServerConfig, speakers: BenchHall[]): Promise<Database> {
  const db = await openDatabaseOf(config);
  await db.transaction(async ({ devices }) => {
    for (const { record } of speakers) await devices.put(record);
  });
  return db;
}

async function floorSeconds(floor: Floor, table: FloorTable, mail: Case['mail']): Promise<number> {
  const rows = mail.flatMap((each) => each.rows);
  const start = performance.now();
  for (let done = 0; done < rows.length; done += FLOOR_BATCH)
    await floor.insert(table, rows.slice(done, done + FLOOR_BATCH));
  return (performance.now() - start) / 1_000;
}

/** The rooms of the server between the broker's callback and the last receipt, its signer in a process of its own as it comes. */
async function productSeconds(
  config: ServerConfig,
  db: Database,
  mail: Case['mail'],
  reading: BatchReading,
): Promise<number> {
  const clock = systemClock();
  const random = systemRandom();
  const broker = { publish: async () => {} };
  const secrets = secretFolder(join(config.data, 'secrets'));
  const { signer } = await openSigner(config, { db, secrets, clock, random, log: silent });
  const newOrderId = orderIds(clock, random);
  const dispatcher = new Dispatcher({ db, signer, broker, clock, random, newOrderId, log: silent });
  const ledger = new ReportLedger({
    db,
    log: silent,
    reading,
    heard: (tables, events) => dispatcher.heard(tables, events),
    copied: async () => {},
  });
  const nothing = async () => {};
  const lastSeen = new LastSeen({ db, clock, log: silent });
  const post = new DeviceMail({
    db,
    signer,
    broker,
    clock,
    log: silent,
    ledger,
    health: new HealthLog({ db, clock }),
    lastSeen,
    questions: { heard: () => {} },
    onOnline: nothing,
    onStanding: nothing,
  });
  const messages = mail.flatMap((each) => each.messages);
  const start = performance.now();
  // As many as the inbox holds; it is empty when the room is closed.
  for (let done = 0; done < messages.length; done += MAIL_LIMITS.device.items) {
    const requests = async () => ({ status: 'ok' as const, data: {} });
    const room = new MailRoom({ broker, mail: post, requests, onUp: nothing, clock, log: silent });
    for (const message of messages.slice(done, done + MAIL_LIMITS.device.items)) room.onMessage(message);
    await room.close();
  }
  const seconds = (performance.now() - start) / 1_000;
  await lastSeen.close();
  await signer.close();
  return seconds;
}

/** A figure of what was dropped is none. */
async function refuseLoss(
  db: Database,
  table: FloorTable,
  count: number,
  speakers: BenchHall[],
): Promise<void> {
  let stored = 0;
  if (table === 'reports') for (const each of (await db.reports.counts('th')).values()) stored += each;
  else
    for (const { record } of speakers)
      stored += (await db.health.list(record.id, { since: 0, limit: 1_000_000 })).length;
  if (stored !== count) throw new Error(`${table}: ${stored} of ${count} were stored`);
}
