import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Ulid } from '../../firmware-protocol/content/instant.ts';
import { answerOf } from '../../firmware-protocol/mqtt/answer.ts';
import { OrderAnswer } from '../../firmware-protocol/mqtt/order-requests.ts';
import { enrolledHall } from '../../scripts/bench/enrolled-hall.ts';
import { PostgresCluster } from '../../scripts/bench/ingest/postgres-cluster.ts';
import { configFrom, type ServerConfig } from '../../server/config.ts';
import { type Connection, sql, sqliteConnection } from '../../server/drivers/database/connection.ts';
import { openDatabaseOf } from '../../server/drivers/database/database.ts';
import { openSqlite } from '../../server/drivers/database/libsql.ts';
import { openPostgresConnection } from '../../server/drivers/database/postgres-database.ts';
import { freePort } from '../integration/broker/mosquitto-process.ts';
import { bundles } from '../integration/bundles.ts';
import { DATABASES } from '../integration/database/databases.ts';
import { PaperHall } from '../integration/server/paper-hall.ts';
import { ServerProcess } from './server-process.ts';
import { until } from './setting.ts';

const PASSWORD = 'หอกระจายข่าวดังทั้งหมู่บ้าน';
/** Halls that are away: twelve goes of rows, of some ms each. */
const AWAY = 12_000;
const Enrolled = answerOf(z.object({ code: z.string() }));

/** F45: killed between the publish of an order and the rows of its halls, and once more in the midst of them. */
describe.each(DATABASES)('a server that is killed behind its order, on %s', (kind) => {
  let folder: string;
  let cluster: PostgresCluster | undefined;
  let file: string;
  let config: ServerConfig;
  let server: ServerProcess;
  let seen: Connection;
  const halls: PaperHall[] = [];

  const start = async () => {
    server = new ServerProcess(file, config.http.port);
    await until(() => expect(server.log).toContain('the server is up'));
  };
  const ask = async <T>(
    answer: z.ZodType<{ status: 'ok'; data: T } | { status: 'error' }>,
    what: string,
    request: object,
  ) => {
    const answered = answer.parse(await server.answer(PASSWORD, what, request));
    if (answered.status === 'error') throw new Error(JSON.stringify(answered));
    return answered.data;
  };

  beforeAll(async () => {
    await bundles();
    folder = await mkdtemp(join(tmpdir(), 'prakat-killed-'));
    cluster = kind === 'postgresql' ? await PostgresCluster.found() : undefined;
    const postgres = cluster?.database();
    const [port, http] = [await freePort(), await freePort()];
    const text = {
      data: join(folder, 'data'),
      ...(postgres && { database: { postgres } }),
      approvals: { alone: ['th'], step_up: false, quiet: [] },
      broker: { kind: 'embedded', host: '127.0.0.1', port },
      http: { host: '127.0.0.1', port: http },
    };
    file = join(folder, 'server.json');
    await writeFile(file, JSON.stringify(text));
    config = configFrom(text, folder);
    await start();
    await server.choosePassword(PASSWORD);
    for (const device of ['hall-mae', 'hall-nong']) {
      const wanted = { device, village: '43010101', name: `หอ ${device}` };
      const { code } = await ask(Enrolled, 'enrol', wanted);
      halls.push(await PaperHall.enrol(`http://127.0.0.1:${http}`, code));
    }
    await server.end();
    await enrolMany(config);
    seen = await connectionTo(config);
    await start();
    for (const hall of halls) await hall.connect();
  });
  afterAll(async () => {
    await Promise.all(halls.map((hall) => hall.guest?.leave()));
    await server.end();
    await seen.destroy();
    await cluster?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  it('has a row and a fate of each hall after it is started again', async () => {
    const [mae] = halls;
    mae?.guest?.client.on('message', (topic) => topic.endsWith('/order') && server.signal('SIGKILL'));
    await Promise.allSettled([server.answer(PASSWORD, 'push', { to: ['43'], text: 'น้ำท่วมฉับพลัน' })]);
    await server.end();
    const order = Ulid.parse(mae?.orderIds()[0]);
    expect(await written(order)).toBe(0);

    server = new ServerProcess(file, config.http.port);
    await vi.waitFor(async () => expect(await written(order)).toBeGreaterThan(0), {
      timeout: 40_000,
      interval: 2,
    });
    server.signal('SIGKILL');
    await server.end();
    const half = await written(order);
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(AWAY);

    await start();
    for (const hall of halls) {
      await hall.connect();
      await until(() => expect(hall.orderIds()).toContain(order));
      hall.did({ type: 'accepted', play: order, kind: 'announce', outputs: ['panel'] });
      await hall.report();
    }
    const fates = { waiting: AWAY, accepted: halls.length };
    await until(async () =>
      expect((await ask(answerOf(OrderAnswer), 'order', { order })).fates).toEqual(fates),
    );
    await until(async () => expect(await written(order)).toBe(AWAY + halls.length));
    const { rows } = await sql`select rows_after from orders where id = ${order}`.execute(seen);
    expect(rows).toEqual([{ rows_after: null }]);
  });

  const written = async (order: string): Promise<number> => {
    const { rows } = await sql<{ count: number }>`select count(distinct device) as count
      from deliveries where order_id = ${order}`.execute(seen);
    return Number(rows[0]?.count);
  };
});

/** Without a broker: they never come. */
async function enrolMany(config: ServerConfig): Promise<void> {
  const db = await openDatabaseOf(config);
  await db.transaction(async ({ devices }) => {
    for (let at = 0; at < AWAY; at++) {
      const village = `43${String(10_000 + at).padStart(6, '0')}`;
      await devices.put(enrolledHall(`away-${at}`, village, { presence: { state: 'offline', boot: 1 } }));
    }
  });
  await db.close();
}

async function connectionTo({ data, database }: ServerConfig): Promise<Connection> {
  return database === 'sqlite'
    ? sqliteConnection(openSqlite(join(data, 'server.db')))
    : openPostgresConnection(database.postgres);
}
