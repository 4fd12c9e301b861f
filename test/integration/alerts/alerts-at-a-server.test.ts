import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sha256Of } from '../../../firmware-protocol/content/audit.ts';
import { AlertAnswer, AlertsAnswer } from '../../../firmware-protocol/mqtt/alert-requests.ts';
import { capTimeOf } from '../../../server/alerts/cap-time.ts';
import { type RunningServer, serve } from '../../../server/app.ts';
import { configFrom } from '../../../server/config.ts';
import { argon2 } from '../../../server/drivers/argon2.ts';
import { CANCEL, changed, FLOOD } from '../../fixtures/cap/fixtures.ts';

let folder: string;
let server: RunningServer;
const feed = { answer: '', asked: [] as string[] };
const web = createServer((request, response) => {
  feed.asked.push(request.url ?? '');
  if (request.url === '/feed') response.end(feed.answer);
  else response.end(named('fed'));
});

/** The flood under a name of its own, sent just now. */
const NOW = Date.now();
function named(name: string): string {
  return changed(FLOOD, '261126143000.flood', name)
    .replaceAll(/2026-11-26T14:30:00\+07:00/g, capTimeOf(NOW))
    .replaceAll(/2026-11-26T20:30:00\+07:00/g, capTimeOf(NOW + 3_600_000));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-alerts-'));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const { port } = web.address() as AddressInfo;
  feed.answer = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><link type="application/cap+xml" href="/one.cap"/></entry>
    <entry><link href="http://192.0.2.1/elsewhere"/></entry></feed>`;
  const config = configFrom(
    {
      data: folder,
      broker: { kind: 'embedded', port: 0 },
      http: { port: 0 },
      log: 'silent',
      signer: 'inside',
      alerts: {
        sender: 'urn:oid:2.49.0.0.764.43',
        folder: 'drop',
        feeds: [{ url: `http://127.0.0.1:${port}/feed` }],
      },
    },
    folder,
  );
  server = await serve({ config });
  const passwordHash = await argon2().hash('ลับมากจริงๆ 123');
  const common = { passwordHash, brokerHash: null, codeHash: null, codeExpiresAt: null, codeAttempts: 0 };
  for (const user of ['machine', 'somsri'])
    await server.services.db.operators.put({
      ...common,
      user,
      roles: user === 'machine' ? ['author'] : ['approver', 'viewer'],
      areas: ['43'],
    });
});
afterAll(async () => {
  await server.stop();
  await new Promise((resolve) => web.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

async function http(user: string, path: string, type: string, content: string) {
  const authorization = `Basic ${Buffer.from(`${user}:ลับมากจริงๆ 123`).toString('base64')}`;
  const response = await fetch(`${server.httpUrl}${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': type },
    body: content,
  });
  // biome-ignore lint/suspicious/noExplicitAny: what it holds is what the test is about
  const body: any = await response.json();
  return { status: response.status, body };
}
const post = (user: string, body: string, type = 'application/cap+xml') => http(user, '/alerts', type, body);
const ask = (user: string, what: string, body: object) =>
  http(user, `/api/request/${what}`, 'application/json', JSON.stringify(body));
/** With the password again, for exactly this. */
async function proven(user: string, request: object) {
  const wish = { password: 'ลับมากจริงๆ 123', sha256: sha256Of(request) };
  const { proof } = (await ask(user, 'prove', wish)).body.data;
  return ask(user, 'alert', { ...request, proof });
}
async function listed(): Promise<string[]> {
  const { body } = await ask('somsri', 'alerts', {});
  return AlertsAnswer.parse(body.data).alerts.map(
    ({ via, identifier }) => `${via.replace(/:\d+/, '')} ${identifier}`,
  );
}

it('takes what is posted, answers its sender, and lets another person decide', async () => {
  const first = await post('machine', named('posted'));
  expect(first).toMatchObject({
    status: 200,
    body: { alerts: [{ verdict: 'actuate', state: 'waiting', trust: 'unknown-sender', duplicate: false }] },
  });
  const [{ alert, reply }] = first.body.alerts;
  expect(reply).toContain('<msgType>Ack</msgType>');
  expect(reply).toContain('<sender>urn:oid:2.49.0.0.764.43</sender>');
  expect((await post('machine', named('posted'))).body.alerts).toMatchObject([{ alert, duplicate: true }]);

  expect(await ask('machine', 'alert', { alert, decision: 'approve' })).toMatchObject({
    status: 403,
    body: { error: { code: 'not-allowed' } },
  });
  const seen = AlertAnswer.parse((await ask('somsri', 'alert', { alert })).body.data);
  expect(seen.document).toContain('น้ำท่วมฉับพลัน');
  const { sha256, persons } = seen.alert;
  expect(persons).toBe(1);
  expect(await ask('somsri', 'alert', { alert, decision: 'approve', sha256 })).toMatchObject({
    body: { error: { code: 'step-up-needed' } },
  });
  const other = { alert, decision: 'approve', sha256: '0'.repeat(64) };
  expect(await proven('somsri', other)).toMatchObject({ body: { error: { code: 'content-differs' } } });
  // No hall is enrolled here: whoever decides is told so, and it still waits.
  expect(await proven('somsri', { alert, decision: 'approve', sha256 })).toMatchObject({
    body: { error: { code: 'nobody-there' } },
  });
  const elsewhere = { alert, decision: 'approve', to: ['41'], sha256 };
  expect(await proven('somsri', elsewhere)).toMatchObject({
    status: 403,
    body: { error: { code: 'outside-scope' } },
  });
  expect(await ask('somsri', 'alert', { alert, decision: 'reject', why: 'ซ้อม' })).toMatchObject({
    body: { data: { alert: { state: 'rejected', state_by: 'somsri', why: 'ซ้อม' } } },
  });
});

it('refuses what is no alert, in the words of its sender', async () => {
  expect(await post('machine', '<a/>')).toMatchObject({
    status: 422,
    body: {
      alerts: [{ state: 'refused', reasons: ['no-alert'], reply: expect.stringContaining('<msgType>Error') }],
    },
  });
  expect(await post('machine', named('x'), 'text/plain')).toMatchObject({
    status: 415,
    body: { code: 'alert-not-xml' },
  });
  expect(await post('somsri', named('x'))).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
  expect(await post('nobody', named('x'))).toMatchObject({ status: 401 });
  expect(await post('machine', `<alert>${'x'.repeat(7_000_000)}</alert>`)).toMatchObject({ status: 413 });
});

it('follows a feed to its own host only', async () => {
  await expect
    .poll(listed, { timeout: 15_000 })
    .toContain('feed:http://127.0.0.1/feed 2.49.0.0.764.0.TH.fed');
  expect(feed.asked).toEqual(['/feed', '/one.cap']);
});

it('takes files that were dropped, and puts the answer beside them', async () => {
  const path = join(folder, 'drop', 'storm.cap');
  await writeFile(path, named('dropped') + CANCEL);
  const past = new Date(Date.now() - 10_000);
  await utimes(path, past, past);
  const replies = join(folder, 'drop', 'taken');
  await expect
    .poll(async () => readdir(replies).catch(() => []), { timeout: 15_000 })
    .toContain('storm.cap.reply');
  expect(await readFile(join(replies, 'storm.cap.reply'), 'utf8')).toContain('<msgType>Ack</msgType>');
  expect(await listed()).toContain('file 2.49.0.0.764.0.TH.dropped');
});
