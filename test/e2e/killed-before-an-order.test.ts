import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AUDIT_START, AuditEntry, followChain } from '../../firmware-protocol/content/audit.ts';
import { answerOf } from '../../firmware-protocol/mqtt/answer.ts';
import { PostgresCluster } from '../../scripts/bench/ingest/postgres-cluster.ts';
import { OperatorClient } from '../../scripts/operator/client.ts';
import { configFrom, type ServerConfig } from '../../server/config.ts';
import { type Connection, sql, sqliteConnection } from '../../server/drivers/database/connection.ts';
import { openSqlite } from '../../server/drivers/database/libsql.ts';
import { openPostgresConnection } from '../../server/drivers/database/postgres-database.ts';
import { freePort } from '../integration/broker/mosquitto-process.ts';
import { bundles } from '../integration/bundles.ts';
import { DATABASES } from '../integration/database/databases.ts';
import { PaperHall } from '../integration/server/paper-hall.ts';
import { ServerProcess } from './server-process.ts';
import { temporaryFolder, until } from './setting.ts';

const PASSWORD = 'หอกระจายข่าวดังทั้งหมู่บ้าน';
const Enrolled = answerOf(z.object({ code: z.string() }));

/** F48: killed when an order is signed, and neither it nor the line that says who asked for it is stored. */
describe.each(DATABASES)('a server that is killed before its order is stored, on %s', (kind) => {
  let cluster: PostgresCluster | undefined;
  let folder: string;
  let file: string;
  let config: ServerConfig;
  let server: ServerProcess;
  let hall: PaperHall;
  let seen: Connection;

  const start = async () => {
    server = new ServerProcess(file, config.http.port);
    await until(() => expect(server.log).toContain('the server is up'));
  };
  const operator = () =>
    OperatorClient.connect({
      server: `http://127.0.0.1:${config.http.port}`,
      broker: hall.answer.broker,
      user: 'admin',
      password: PASSWORD,
    });

  beforeAll(async () => {
    await bundles();
    folder = await temporaryFolder();
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
    const wanted = { device: 'hall-mae', village: '43010101', name: 'หอ บ้านแม่' };
    const answer = Enrolled.parse(await server.answer(PASSWORD, 'enrol', wanted));
    if (answer.status === 'error') throw new Error(JSON.stringify(answer));
    hall = await PaperHall.enrol(`http://127.0.0.1:${http}`, answer.data.code);
    await hall.connect();
    seen = await connectionTo(config);
  });
  afterAll(async () => {
    await hall.guest?.leave();
    await server.end();
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
    server.signal('SIGKILL');
    await server.end();
    await letGo();
    await Promise.allSettled([asking, somchai.close()]);

    const { rows: stored } = await sql`select id from orders where id = ${lost}`.execute(seen);
    expect(stored).toEqual([]);
    expect((await audit()).join('\n')).not.toContain(lost);

    await start();
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
    (await readFile(join(config.data, 'signer.log'), 'utf8')).trimEnd().split('\n').filter(Boolean);
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
  const holding = db.connection().execute(async (own) => {
    await (kind === 'sqlite' ? sql`begin immediate` : sql`begin`).execute(own);
    if (kind !== 'sqlite') await sql`lock table audit in share mode`.execute(own);
    held();
    await released;
    await sql`rollback`.execute(own);
  });
  await isHeld;
  return () => {
    letGo();
    return holding;
  };
}

async function connectionTo({ data, database }: ServerConfig): Promise<Connection> {
  return database === 'sqlite'
    ? sqliteConnection(openSqlite(join(data, 'server.db')))
    : openPostgresConnection(database.postgres);
}
