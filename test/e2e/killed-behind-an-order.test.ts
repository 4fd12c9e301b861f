import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Ulid } from '../../firmware-protocol/content/instant.ts';
import { answerOf } from '../../firmware-protocol/mqtt/answer.ts';
import { OrderAnswer } from '../../firmware-protocol/mqtt/order-requests.ts';
import { enrolledHall } from '../../scripts/bench/enrolled-hall.ts';
import { PostgresCluster } from '../../scripts/bench/ingest/postgres-cluster.ts';
import type { ServerConfig } from '../../server/config.ts';
import { type Connection, sql } from '../../server/drivers/database/connection.ts';
import { openDatabaseOf } from '../../server/drivers/database/database.ts';
import { bundles } from '../integration/bundles.ts';
import { DATABASES } from '../integration/database/databases.ts';
import { PaperHall } from '../integration/server/paper-hall.ts';
import { ServerToKill } from './server-to-kill.ts';
import { until } from './setting.ts';

const PASSWORD = 'หอกระจายข่าวดังทั้งหมู่บ้าน';
/** Halls that are away: twelve goes of rows, of some ms each. */
const AWAY = 12_000;
const Enrolled = answerOf(z.object({ code: z.string() }));

/** F45: killed between the publish of an order and the rows of its halls, and once more in the midst of them. */
describe.each(DATABASES)('a server that is killed behind its order, on %s', (kind) => {
  let folder: string;
  let cluster: PostgresCluster | undefined;
  let server: ServerToKill;
  let seen: Connection;
  const halls: PaperHall[] = [];

  const ask = async <T>(
    answer: z.ZodType<{ status: 'ok'; data: T } | { status: 'error' }>,
    what: string,
    request: object,
  ) => {
    const answered = answer.parse(await server.process.answer(PASSWORD, what, request));
    if (answered.status === 'error') throw new Error(JSON.stringify(answered));
    return answered.data;
  };

  beforeAll(async () => {
    await bundles();
    folder = await mkdtemp(join(tmpdir(), 'prakat-killed-'));
    cluster = kind === 'postgresql' ? await PostgresCluster.found() : undefined;
    server = await ServerToKill.on(folder, cluster);
    await server.process.choosePassword(PASSWORD);
    for (const device of ['hall-mae', 'hall-nong']) {
      const wanted = { device, village: '43010101', name: `หอ ${device}` };
      const { code } = await ask(Enrolled, 'enrol', wanted);
      halls.push(await PaperHall.enrol(server.url, code));
    }
    await server.process.end();
    await enrolMany(server.config);
    seen = await server.look();
    await server.start();
    for (const hall of halls) await hall.connect();
  });
  afterAll(async () => {
    await Promise.all(halls.map((hall) => hall.guest?.leave()));
    await server.process.end();
    await seen.destroy();
    await cluster?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  it('has a row and a fate of each hall after it is started again', async () => {
    const [mae] = halls;
    mae?.guest?.client.on('message', (topic) => topic.endsWith('/order') && server.process.signal('SIGKILL'));
    await Promise.allSettled([server.process.answer(PASSWORD, 'push', { to: ['43'], text: 'น้ำท่วมฉับพลัน' })]);
    await server.process.end();
    const order = Ulid.parse(mae?.orderIds()[0]);
    expect(await written(order)).toBe(0);

    server.begin();
    await vi.waitFor(async () => expect(await written(order)).toBeGreaterThan(0), {
      timeout: 40_000,
      interval: 2,
    });
    await server.kill();
    const half = await written(order);
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(AWAY);

    await server.start();
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
