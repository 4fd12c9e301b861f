import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AuditBook } from '../../../server/audit/audit-book.ts';
import { databaseOn } from '../../../server/drivers/database/database.ts';
import { openSqlite } from '../../../server/drivers/database/libsql.ts';
import type { Database } from '../../../server/tables.ts';
import { addHall, announceTo, type Office, openOffice } from '../../unit/server/office.ts';

let folder: string;
let path: string;
let db: Database;
let office: Office;
let letGo: (() => Promise<void>)[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-held-'));
  path = join(folder, 'server.db');
  db = await databaseOn(openSqlite(path));
  office = await openOffice(db);
  letGo = [];
  await addHall(db, 'hall-mae', '43010101');
});
afterEach(async () => {
  for (const each of letGo) await each();
  await db.close();
  await rm(folder, { recursive: true });
});

const HOLDS = `
  const Libsql = require(${JSON.stringify(createRequire(import.meta.url).resolve('libsql'))});
  const file = new Libsql(process.argv[1]);
  file.exec('begin immediate');
  console.log('held');
  process.stdin.once('data', () => { file.exec('rollback'); process.exit(); });`;

/** Another program takes the file; resolves with what makes it let go. */
async function heldByAnother(): Promise<() => Promise<void>> {
  const another = spawn(process.execPath, ['-e', HOLDS, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(another.stdout, 'data');
  const free = async () => {
    if (another.exitCode !== null) return;
    const gone = once(another, 'exit');
    another.stdin.write('go\n');
    await gone;
  };
  letGo.push(free);
  return free;
}

const line = () =>
  new AuditBook({ db, clock: { wall: Date.now } }).write({ who: 'somchai', act: 'log-on', outcome: 'done' });

it('a SQLite that another program held too long takes what comes once it is free', async () => {
  const { dispatcher, clock } = office;
  const book = new AuditBook({ db, clock: { wall: Date.now } });
  const order = announceTo(clock, ['43']);
  const push = () =>
    book.recordedWith({ who: 'somchai', act: 'request/push' }, (asked) => dispatcher.send(order, asked));
  const down = { code: 'database-down', context: { why_th: expect.stringContaining('โปรแกรมอื่น') } };
  const free = await heldByAnother();
  const refused = [line(), push()].map((each) => expect(each).rejects.toMatchObject(down));
  await Promise.all(refused);
  await free();
  await line();
  expect((await push()).devices).toBe(1);
});

it('while another program holds it the server goes on: the loop turns, reads are answered, what is written waits', async () => {
  const free = await heldByAnother();
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  let isWritten = false;
  const written = line().then(() => {
    isWritten = true;
  });
  const hall = db.transaction(async ({ devices }) => devices.get('hall-mae'));
  const until = performance.now() + 1_500;
  while (performance.now() < until) {
    const asked = performance.now();
    expect(await db.devices.get('hall-mae')).toMatchObject({ village: '43010101' });
    expect(performance.now() - asked).toBeLessThan(500);
    await wait(10);
  }
  expect(isWritten).toBe(false);
  await free();
  await written;
  expect(await hall).toMatchObject({ id: 'hall-mae' });
  expect(delay.max / 1e6).toBeLessThan(500);
});

it('a command that only reads opens it beside another program that holds it, and waits for nobody', async () => {
  const free = await heldByAnother();
  const beside = await databaseOn(openSqlite(path));
  expect(await beside.devices.get('hall-mae')).toMatchObject({ village: '43010101' });
  await beside.close();
  await free();
});

it('of many who wait for it each is told when his own time is over, not one after the other', async () => {
  await heldByAnother();
  const began = performance.now();
  const told = await Promise.allSettled(Array.from({ length: 20 }, () => db.devices.allOffline()));
  expect(told.map(({ status }) => status)).toEqual(Array(20).fill('rejected'));
  expect(performance.now() - began).toBeLessThan(15_000);
});
