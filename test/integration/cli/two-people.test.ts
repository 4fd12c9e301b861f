import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { freePort } from '../broker/mosquitto-process.ts';
import { PaperHall } from '../server/paper-hall.ts';
import { type Ended, Prakat, type Started } from './prakat.ts';

/** Passwords of people; nobody else has them. */
const PASSWORDS: Record<string, string> = {
  admin: 'หอกระจายข่าวดังทั้งหมู่บ้าน',
  somchai: 'เสียงตามสายทุกเช้า',
  malee: 'ป้ายหน้าศาลาประชาคม',
};

vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 });

let folder: string;
let prakat: Prakat;
let server: Started;
let addresses: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-two-'));
  prakat = await Prakat.built();
  const [mqtt, http] = [await freePort(), await freePort()];
  const config = {
    data: 'data',
    broker: { kind: 'embedded', port: mqtt },
    http: { port: http },
    log: 'silent',
    // At whatever hour this runs.
    approvals: { quiet: [] },
  };
  await writeFile(join(folder, 'server.json'), JSON.stringify(config));
  addresses = ['--server', `http://127.0.0.1:${http}`, '--broker', `mqtt://127.0.0.1:${mqtt}`];
  server = prakat.start(['server', '--config', join(folder, 'server.json')]);
  await vi.waitFor(() => expect(server.said()).toContain('one-time code'), { timeout: 20_000 });
  await logOn('admin', /one-time code (\S+?),/.exec(server.said())?.[1] ?? '');
  for (const [user, role] of [
    ['somchai', 'author'],
    ['malee', 'approver'],
  ] as const) {
    const config = ['--config', join(folder, 'server.json')];
    const made = await prakat.run([
      ...['server', 'operator', 'add', user, '--role', role, '--area', '43', ...config, '--json'],
    ]);
    await logOn(user, JSON.parse(made.out).code);
  }
  const enrol = ['enrol', 'hall-mae', '--village', '43010101', '--name', 'บ้านเสาเล้า', '--json'];
  const { code } = JSON.parse((await as('admin', enrol)).out);
  await PaperHall.enrol(`http://127.0.0.1:${http}`, code);
});
afterAll(async () => {
  server.child.kill('SIGTERM');
  await server.ended;
  await rm(folder, { recursive: true, force: true });
});

async function logOn(user: string, code: string): Promise<void> {
  const ended = await as(user, ['login', '--user', user, '--code', code, ...addresses]);
  expect(ended).toMatchObject({ code: 0 });
}

/** The command as this person; the password is what the terminal would be asked. */
function as(user: string, args: string[]): Promise<Ended> {
  const env = { PRAKAT_PROFILE: join(folder, `${user}.json`) };
  return prakat.run(args, { env, stdin: `${PASSWORDS[user] ?? ''}\n` });
}

const PUSH = [
  'push',
  '--to',
  '43010101',
  '--text',
  'น้ำท่วมฉับพลัน ขึ้นที่สูง',
  '--kind',
  'alert',
  '--json',
  '--no-follow',
];

it('an alert waits until a second person, who is somebody else, has read it and said yes', async () => {
  const waiting = JSON.parse((await as('somchai', PUSH)).out);
  expect(waiting).toMatchObject({ devices: 0, waits: { needs: ['alert'] } });

  const listed = JSON.parse((await as('malee', ['approve', '--json'])).out);
  expect(listed.held).toMatchObject([
    { order: waiting.order, by: 'somchai', state: 'waiting', document: { kind: 'alert', to: ['43010101'] } },
  ]);
  const own = await as('somchai', ['approve', waiting.order, '--json', '--lang', 'th']);
  expect(own.code).toBe(1);
  expect(JSON.parse(own.out).error.code).toBe('not-allowed');

  const thai = await as('malee', ['approve', '--lang', 'th']);
  expect(thai.out).toContain('เป็นการเตือนภัยถึงชีวิต');
  const approved = await as('malee', ['approve', waiting.order, '--no-follow', '--json']);
  expect(JSON.parse(approved.out)).toMatchObject({ order: waiting.order, devices: 1 });
  const again = await as('malee', ['approve', waiting.order, '--no-follow', '--json']);
  expect(JSON.parse(again.out).error.code).toBe('not-waiting');
});

it('a no is a no, with its reason', async () => {
  const { order } = JSON.parse((await as('somchai', PUSH)).out);
  expect(await as('malee', ['approve', order, '--refuse', 'ข้อมูลยังไม่ยืนยัน'])).toMatchObject({ code: 0 });
  const all = JSON.parse((await as('somchai', ['approve', '--all', '--json'])).out).held;
  expect(all).toContainEqual(
    expect.objectContaining({ order, state: 'refused', decided_by: 'malee', reason: 'ข้อมูลยังไม่ยืนยัน' }),
  );
});

it('a programme of the province waits as well, and is published as the second person read it', async () => {
  const file = join(folder, 'plan.json');
  const announcement = { title: 'ข่าวจังหวัด', panel: { pages: [{ text: 'ข่าวจังหวัด' }] } };
  const entries = [{ id: 'news', starts: '2030-01-01T12:00:00', band: 40, announcement }];
  await writeFile(file, JSON.stringify({ entries }));
  await as('somchai', ['programme', '43', '--draft', file, '--json']);
  const asked = JSON.parse((await as('somchai', ['programme', '43', '--publish', '--json'])).out);
  expect(asked).toMatchObject({ published: false, waits: { needs: ['wide'] } });
  expect((await as('malee', ['approve', '--lang', 'th'])).out).toContain('+ เพิ่ม  news');
  const approved = await as('malee', ['approve', asked.held, '--json']);
  expect(JSON.parse(approved.out)).toMatchObject({ programme: { area: '43', version: 1 }, devices: 1 });
  expect(JSON.parse((await as('malee', ['programme', '43', '--json'])).out)).toMatchObject({
    version: 1,
    entries: [{ id: 'news' }],
  });
  const calendar = join(folder, 'news.ics');
  await as('malee', ['ical', 'export', '43', calendar]);
  const piped = await as('malee', ['ical', 'export', '43', '-']);
  expect(piped.out, 'nothing but the calendar').toBe(await readFile(calendar, 'utf8'));
});

it('without the password nothing waits', async () => {
  const env = { PRAKAT_PROFILE: join(folder, 'somchai.json') };
  const wrong = await prakat.run(PUSH, { env, stdin: 'ไม่ใช่รหัสผ่านนี้แน่นอน\n' });
  expect(wrong.code).toBe(1);
  expect(JSON.parse(wrong.out).error.code).toBe('not-authenticated');
});

it('one district by day waits for nobody', async () => {
  const pushed = await as('somchai', [
    'push',
    '--to',
    '4301',
    '--text',
    'ประชุมหมู่บ้าน',
    '--json',
    '--no-follow',
  ]);
  const answer = JSON.parse(pushed.out);
  expect(answer).toMatchObject({ devices: 1 });
  expect(answer).not.toHaveProperty('waits');
});

it('who looks after people adds one, changes it and closes it, with the password each time', async () => {
  const rights = ['--role', 'approver', 'viewer', '--area', '4301', '--json'];
  const added = await as('admin', ['people', 'add', 'kaew', ...rights]);
  expect(JSON.parse(added.out)).toMatchObject({
    people: [{ user: 'kaew', open: false }],
    code: expect.stringMatching(/^.{11}$/),
  });
  expect(await as('admin', ['people', 'close', 'kaew'])).toMatchObject({ code: 0 });
  const own = await as('admin', ['people', 'close', 'admin', '--json']);
  expect(JSON.parse(own.out).error.code).toBe('own-request');
  const other = await as('somchai', ['people', '--json']);
  expect(JSON.parse(other.out).error.code).toBe('not-allowed');
});

it('which keys there are is told; on the server others are made, and handed out while it runs', async () => {
  const [server] = JSON.parse((await as('somchai', ['keys', '--json'])).out).keys;
  const config = ['--config', join(folder, 'server.json'), '--json'];
  const rotated = JSON.parse((await as('admin', ['keys', 'rotate', '--area', '43', ...config])).out);
  expect(rotated).toMatchObject({ version: 2, retiring: [server.id] });
  await vi.waitFor(
    async () => expect(JSON.parse((await as('somchai', ['keys', '--json'])).out).version).toBe(2),
    { timeout: 20_000 },
  );
  const revoked = JSON.parse((await as('admin', ['keys', 'revoke', server.id, ...config])).out);
  expect(revoked.version).toBe(3);
  // From its safe: a whole path, wherever the command is given.
  const root = ['--root', join(folder, 'data', 'secrets', 'root-key')];
  const elsewhere = await as('admin', ['keys', 'rotate', '--area', '41', ...root, ...config]);
  expect(JSON.parse(elsewhere.out)).toMatchObject({ version: 4, outside: 1 });
  expect(elsewhere.err).toContain('1 hall outside these areas will hear nobody');
  const pushed = await as('somchai', ['push', '--to', '4301', '--text', 'ประชุม', '--json', '--no-follow']);
  expect(JSON.parse(pushed.out)).toMatchObject({ devices: 1 });
});

it('all of it is in the audit, which a stranger can check', async () => {
  const file = join(folder, 'audit.jsonl');
  const exported = await as('admin', ['audit', 'export', '--out', file, '--json']);
  const { head, lines } = JSON.parse(exported.out);
  const checked = await promisify(execFile)('python3', [
    'scripts/audit-verify.py',
    file,
    '--head',
    `${head.n}:${head.hash}`,
  ]);
  expect(checked.stdout).toContain(`whole: ${lines} lines`);
  const told = (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const acts = told.filter(({ outcome }) => outcome === 'done').map(({ who, act }) => `${who} ${act}`);
  for (const act of [
    'machine account/create',
    'somchai account/first-log-on',
    'somchai request/push',
    'malee step-up',
    'malee request/approve',
    'malee request/refuse',
    'admin request/people',
    'machine keys/rotate',
    'machine keys/revoke',
  ])
    expect(acts).toContain(act);
  expect(await as('admin', ['audit', 'verify', file])).toMatchObject({ code: 0 });
  for (const secret of Object.values(PASSWORDS)) expect(JSON.stringify(told)).not.toContain(secret);
  const before = await readFile(file, 'utf8');
  expect((await as('admin', ['audit', 'export'])).out.startsWith(before), 'to the letter').toBe(true);
  expect(await as('somchai', ['audit', 'export', '--out', file])).toMatchObject({ code: 1 });
  expect(await readFile(file, 'utf8'), 'an export that fails leaves the one of before').toBe(before);
  expect(await readdir(folder)).not.toContain('audit.jsonl.part');
  const bent = join(folder, 'bent.jsonl');
  await writeFile(bent, (await readFile(file, 'utf8')).replace('น้ำท่วมฉับพลัน', 'ไม่มีน้ำท่วม'));
  const found = await as('admin', ['audit', 'verify', bent, '--json', '--lang', 'th']);
  expect(JSON.parse(found.out)).toMatchObject({ error: { code: 'audit-hash-wrong' } });
});
