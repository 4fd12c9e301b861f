import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { verifies } from '../../../firmware-protocol/content/signature.ts';
import { openDatabase } from '../../../server/drivers/database/database.ts';
import { secretFolder } from '../../../server/drivers/secret-folder.ts';
import { SignerProcess } from '../../../server/drivers/signer/process.ts';
import { systemClock, systemRandom } from '../../../server/drivers/system-clock.ts';
import { openKeySet } from '../../../server/keys/key-ring.ts';
import { HandClock } from '../../unit/server/hand-clock.ts';
import { announceTo, silent } from '../../unit/server/office.ts';
import { bundleChild } from '../child-bundle.ts';

/** Of which the signer needs a few. */
const BUSY_MS = 5_000;

let folder: string;
let child: string;
let publicKey: string;
let signer: SignerProcess;
const clock = systemClock();
const now = new HandClock(new Date().toISOString());

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-signer-'));
  child = await bundleChild('signer-process', 'server/drivers/signer/child.ts', []);
  const db = await openDatabase(':memory:');
  const secrets = secretFolder(join(folder, 'secrets'));
  const set = await openKeySet({ db, secrets, clock, random: systemRandom() });
  publicKey = set.keys[0]?.public ?? '';
  signer = open();
  await signer.trust(set.keys.map(({ id }) => id));
});
afterAll(async () => {
  await signer.close();
  await rm(folder, { recursive: true, force: true });
});

function open(): SignerProcess {
  const logFile = join(folder, 'signer.log');
  return new SignerProcess({ child, secrets: join(folder, 'secrets'), logFile, clock, log: silent });
}

it('signs what halls believe, and refuses what is no document of ours', async () => {
  const order = announceTo(now, ['43010101']);
  const signed = await signer.sign(order);
  expect(verifies(signed, signed.signature, publicKey)).toBe(true);
  await expect(signer.sign({ hello: 'สวัสดี' })).rejects.toMatchObject({ code: 'signer-refused' });
});

it('many at once get each their own', async () => {
  const orders = Array.from({ length: 200 }, () => announceTo(now, ['43010101']));
  const signed = await Promise.all(orders.map((order) => signer.sign(order)));
  expect(signed.filter((each) => !verifies(each, each.signature, publicKey))).toEqual([]);
  expect(signed.map(({ id }) => id)).toEqual(orders.map(({ id }) => id));
});

it('an order is signed while the server is still busy with what it does', async () => {
  const order = announceTo(now, ['43010101']);
  const signing = signer.sign(order);
  // The server's own turn goes on: nothing of it runs meanwhile.
  const until = performance.now() + BUSY_MS;
  let isSigned = false;
  while (!isSigned && performance.now() < until)
    isSigned = readFileSync(join(folder, 'signer.log'), 'utf8').includes(order.id);
  expect(isSigned).toBe(true);
  await signing;
});

it('killed, it is started again, and what it was asked meanwhile is signed', async () => {
  const before = signer.pid;
  process.kill(before ?? 0, 'SIGKILL');
  const signed = await signer.sign(announceTo(now, ['43010101']));
  expect(verifies(signed, signed.signature, publicKey)).toBe(true);
  await vi.waitFor(() => expect(signer.pid).not.toBe(before));
});

it('its own log is a chain that a stranger can check, over its deaths', async () => {
  const path = join(folder, 'signer.log');
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect(lines.length).toBeGreaterThanOrEqual(202);
  const told = JSON.parse(lines[0] ?? '{}');
  expect(told).toMatchObject({ who: 'somchai', act: 'sign/announce', result: { to: ['43010101'] } });
  const { stdout } = await promisify(execFile)('python3', ['scripts/audit-verify.py', path]);
  expect(stdout).toContain(`whole: ${lines.length} lines`);
});

it('the server does not start with keys that it cannot read', async () => {
  const broken = await mkdtemp(join(tmpdir(), 'prakat-signer-'));
  await writeFile(join(broken, 'signing-keys'), 'no keys');
  const logFile = join(broken, 'log');
  const lame = new SignerProcess({ child, secrets: broken, logFile, clock, log: silent, answer_ms: 1_000 });
  await expect(lame.publics()).rejects.toMatchObject({ code: 'signer-away' });
  await lame.close();
  await rm(broken, { recursive: true, force: true });
});
