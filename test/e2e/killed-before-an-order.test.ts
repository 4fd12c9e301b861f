import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AUDIT_START, AuditEntry, followChain } from '../../firmware-protocol/content/audit.ts';
import { answerOf } from '../../firmware-protocol/mqtt/answer.ts';
import { PostgresCluster } from '../../scripts/bench/ingest/postgres-cluster.ts';
import { OperatorClient } from '../../scripts/operator/client.ts';
import { type Connection, sql } from '../../server/drivers/database/connection.ts';
import { bundles } from '../integration/bundles.ts';
import { DATABASES } from '../integration/database/databases.ts';
import { PaperHall } from '../integration/server/paper-hall.ts';
import { ServerToKill } from './server-to-kill.ts';
import { temporaryFolder, until } from './setting.ts';

const PASSWORD = 'หอกระจายข่าวดังทั้งหมู่บ้าน';
const Enrolled = answerOf(z.object({ code: z.string() }));

/** F48: killed when an order is signed, and neither it nor the line that says who asked for it is stored. */
describe.each(DATABASES)('a server that is killed before its order is stored, on %s', (kind) => {
  let cluster: PostgresCluster | undefined;
  let folder: string;
  let server: ServerToKill;
  let hall: PaperHall;
  let seen: Connection;

  const operator = () =>
    OperatorClient.connect({
      server: server.url,
      broker: hall.answer.broker,
      user: 'admin',
      password: PASSWORD,
    });

  beforeAll(async () => {
    await bundles();
    folder = await temporaryFolder();
    cluster = kind === 'postgresql' ? await PostgresCluster.found() : undefined;
    server = await ServerToKill.on(folder, cluster);
    await server.process.choosePassword(PASSWORD);
    const wanted = { device: 'hall-mae', village: '43010101', name: 'หอ บ้านแม่' };
    const answer = Enrolled.parse(await server.process.answer(PASSWORD, 'enrol', wanted));
    if (answer.status === 'error') throw new Error(JSON.stringify(answer));
    hall = await PaperHall.enrol(server.url, answer.data.code);
    await hall.connect();
    seen = await server.look();
  });
  afterAll(async () => {
    await hall.guest?.leave();
    await server.process.end();
    await seen.destroy();
    await cluster?.close();
  });

  it('sends nothing, knows of nothing, and the signer’s own book says who had it signed', async () => {
    const somchai = await operator();
    const [lost, later] = [ulid(), ulid()];
    // Another holds the database: the order is signed, and waits for its commit.
    const letGo = await holdAudit(seen, kind);
    const asking = somchai.ask('push', { order: lost, to: ['43'], text: 'น้ำท่วมฉับพลัน' }).catch(() => {});
    await until(async () => expect(await signed()).toContain(lost));
    await server.kill();
    await letGo();
    await Promise.allSettled([asking, somchai.close()]);

    const { rows: stored } = await sql`select id from orders where id = ${lost}`.execute(seen);
    expect(stored).toEqual([]);
    expect((await audit()).join('\n')).not.toContain(lost);

    await server.start();
    await hall.connect();
    const again = await operator();
    await again.ask('push', { order: later, to: ['43'], text: 'น้ำลดแล้ว' });
    await until(() => expect(hall.orderIds()).toContain(later));
    expect(hall.orderIds()).not.toContain(lost);
    await again.close();

    // An auditor lays the two books side by side: what was signed and never asked for in the audit.
    expect(followChain(await audit(), AUDIT_START).fault).toBeUndefined();
    expect(followChain(await signerBook(), AUDIT_START).fault).toBeUndefined();
    const asked = (await audit()).join('\n');
    expect((await signed()).filter((id) => !asked.includes(id))).toEqual([lost]);
    const line = (await entries()).find(({ result }) => result?.id === lost);
    expect(line).toMatchObject({ who: 'admin', act: 'sign/announce', result: { to: ['43'] } });
  });

  const signerBook = async () =>
    (await readFile(join(server.config.data, 'signer.log'), 'utf8')).trimEnd().split('\n').filter(Boolean);
  const entries = async () => (await signerBook()).map((line) => AuditEntry.parse(JSON.parse(line)));
  /** Ids of the announcements that were signed. */
  const signed = async () =>
    (await entries()).flatMap(({ act, result }) => (act === 'sign/announce' ? [String(result?.id)] : []));
  const audit = async () => {
    const { rows } = await sql<{ document: string }>`select document from audit order by n`.execute(seen);
    return rows.map(({ document }) => document);
  };
});

/** Nobody else appends to the audit until it is let go. */
async function holdAudit(db: Connection, kind: string): Promise<() => Promise<void>> {
  let letGo = () => {};
  const released = new Promise<void>((resolve) => (letGo = resolve));
  let held = () => {};
  const isHeld = new Promise<void>((resolve) => (held = resolve));
  // On SQLite a transaction has the file to itself from its beginning.
  const holding = db.transaction().execute(async (own) => {
    if (kind !== 'sqlite') await sql`lock table audit in share mode`.execute(own);
    held();
    await released;
  });
  await isHeld;
  return () => {
    letGo();
    return holding;
  };
}
