import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { epochMsOf } from '../../../firmware-protocol/content/instant.ts';
import { filledIn, Order } from '../../../firmware-protocol/content/order.ts';
import { hashOf } from '../../../firmware-protocol/content/report.ts';
import { newKeyPair } from '../../../firmware-protocol/content/signature.ts';
import type { ServerConfig } from '../../../server/config.ts';
import {
  postgresConnection,
  sqliteConnection,
  untyped,
} from '../../../server/drivers/database/connection.ts';
import { openSqlite } from '../../../server/drivers/database/libsql.ts';
import { migrate } from '../../../server/drivers/database/migrations.ts';
import { openPostgres } from '../../../server/drivers/database/postgres.ts';
import { announceTo, asked, batchOf, chain, openOffice } from '../../unit/server/office.ts';
import { DATABASES, DatabaseSource } from './databases.ts';

/** The first in which orders and reports were kept. */
const THEN = '002-orders-and-reports';
const FINISHED = { panel: { type: 'ended', outcome: 'finished' } };

async function connectionTo({ data, database }: ServerConfig) {
  if (database === 'sqlite') return sqliteConnection(openSqlite(join(data, 'server.db')));
  return postgresConnection(await openPostgres(database.postgres));
}

describe.each(DATABASES)('a database of the first version, on %s', (kind) => {
  let source: DatabaseSource;
  beforeAll(async () => {
    source = await DatabaseSource.of(kind);
  });
  afterAll(() => source.close());

  it('is brought up to date with its halls, orders and reports, and goes on', async () => {
    const config = source.config();
    const { signer, clock } = await openOffice();
    const order = Order.parse(await signer.sign(filledIn(announceTo(clock, ['43']))));
    const { publicKey, seed } = newKeyPair();
    const reports = chain([{ type: 'booted', version: '1', clean: true }]);
    const [report] = reports;
    if (report === undefined) throw new Error('no report');

    const connection = await connectionTo(config);
    await migrate(connection, THEN);
    const old = untyped(connection);
    for (const [id, online] of [
      ['hall-a', 1],
      ['hall-b', 0],
    ] as const)
      await old
        .insertInto('devices')
        .values({
          ...{
            id,
            village: '43010101',
            name: 'หอแม่',
            public_key: publicKey,
            password_hash: '',
            broker_hash: '',
          },
          ...{ chain: 1, enrolled_at: 1, reports_up_to: 1, reports_hash: hashOf(report), online, boot: 1 },
        })
        .execute();
    const { id, kind: what, issued_at, expires_at } = order;
    const times = { issued_at: epochMsOf(issued_at), expires_at: epochMsOf(expires_at) };
    await old
      .insertInto('orders')
      .values({ id, kind: what, ...times, published: 1, document: JSON.stringify(order) })
      .execute();
    const delivery = { order_id: id, outcomes: '{}', sends: 1 };
    await old
      .insertInto('deliveries')
      .values([
        {
          ...delivery,
          device: 'hall-a',
          state: 'ended',
          outputs: '["panel"]',
          outcomes: JSON.stringify(FINISHED),
          next_at: null,
        },
        { ...delivery, device: 'hall-b', state: 'sent', outputs: null, next_at: 5 },
      ])
      .execute();
    const row = {
      device: 'hall-a',
      chain: 1,
      n: 1,
      hash: hashOf(report),
      at: report.at,
      boot: 1,
      type: 'booted',
    };
    await old
      .insertInto('reports')
      .values({ ...row, document: JSON.stringify(report) })
      .execute();
    await connection.destroy();

    const db = await source.open(config);
    const { dispatcher, ledger } = await openOffice(db);
    const progress = await dispatcher.progress(asked(id));
    expect(progress?.order).toBe(id);
    expect(progress?.deliveries.map(({ device, state }) => [device, state])).toEqual([
      ['hall-a', 'ended'],
      ['hall-b', 'sent'],
    ]);
    expect(progress?.fates).toEqual({ finished: 1, sent: 1 });
    expect(await db.amongOthers(({ orders }) => orders.writeRows(9))).toBe(false);
    expect((await db.deliveries.due(6, 10, 9)).length).toBe(0);
    expect(await db.reports.list('hall-a', { after: 0, limit: 9 })).toMatchObject([
      { n: 1, hash: hashOf(report) },
    ]);
    const record = await db.devices.get('hall-a');
    const more = chain([{ type: 'booted', version: '2', clean: true }], { n: 1, hash: hashOf(report) });
    const hall = { id: 'hall-a', village: '43010101', seed, record: record ?? fail() };
    expect(await ledger.take(hall.record, batchOf(hall, more))).toMatchObject({ n: 2 });
  });
});

function fail(): never {
  throw new Error('no such hall');
}
