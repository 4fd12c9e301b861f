import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { MediaInfo } from '../../../firmware-protocol/http/media.ts';
import { saveProfile } from '../../../scripts/operator/profile.ts';
import { freePort } from '../broker/mosquitto-process.ts';
import { SPEECH } from '../content/sounds.ts';
import { ONE_PERSON } from '../server/town.ts';
import { Prakat, type Started } from './prakat.ts';

/** A hall that loses its line before its programme is written: brought by stick, and its reports taken back. */

const PASSWORD = 'น้ำขึ้นให้รีบตัก';
const HALL = 'hall-one';
const PATIENCE = { timeout: 30_000, interval: 200 };
let folder: string;
let stick: string;
let prakat: Prakat;
let urls: { server: string; broker: string };
const running = new Set<Started>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-by-stick-'));
  stick = await mkdtemp(join(tmpdir(), 'prakat-usb-'));
  prakat = await Prakat.built();
  prakat.profile = join(folder, 'operator.json');
  const [mqtt, http] = [await freePort(), await freePort()];
  urls = { server: `http://127.0.0.1:${http}`, broker: `mqtt://127.0.0.1:${mqtt}` };
  const server = {
    data: 'data',
    broker: { kind: 'embedded', port: mqtt },
    http: { port: http },
    approvals: ONE_PERSON,
    signer: 'inside',
    log: 'silent',
  };
  const tower = { player: { type: 'wav', folder: join(folder, 'sound') } };
  const hall = {
    data: join(folder, 'hall'),
    log: 'silent',
    tower,
    media: { sticks: false },
    laws: { quiet: [] },
  };
  await writeFile(join(folder, 'server.json'), JSON.stringify(server));
  await writeFile(join(folder, 'hall.json'), JSON.stringify(hall));
});
afterAll(async () => {
  await Promise.all([...running].map(stop));
  for (const each of [folder, stick]) await rm(each, { recursive: true, force: true });
});

function start(...args: string[]): Started {
  const started = prakat.start(args);
  running.add(started);
  return started;
}

async function stop(started: Started): Promise<void> {
  started.child.kill('SIGTERM');
  await started.ended;
  running.delete(started);
}

const json = async (...args: string[]) => {
  const { code, out, err } = await prakat.run([...args, '--json']);
  expect(code, err).toBe(0);
  return JSON.parse(out);
};

async function startServer(): Promise<Started> {
  const server = start('server', '--config', join(folder, 'server.json'));
  await vi.waitFor(async () => expect((await fetch(`${urls.server}/healthz`)).ok).toBe(true), PATIENCE);
  return server;
}

/** Sound in the library, as the console brings it. */
async function upload(): Promise<{ sha256: string; bytes: number; ms: number }> {
  const form = new FormData();
  form.append('file', new Blob([await readFile(SPEECH)]), 'ประชุม.wav');
  const authorization = `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`;
  const response = await fetch(`${urls.server}/media`, {
    method: 'POST',
    body: form,
    headers: { authorization },
  });
  expect(response.ok).toBe(true);
  return MediaInfo.parse(await response.json());
}

it('carries programme, sound and key sets there, and reports back', { timeout: 120_000 }, async () => {
  let server = await startServer();
  await vi.waitFor(() => expect(server.said()).toContain('one-time code'), PATIENCE);
  const code = /one-time code (\S+?),/.exec(server.said())?.[1] ?? '';
  const login = [
    'login',
    '--user',
    'admin',
    '--code',
    code,
    '--server',
    urls.server,
    '--broker',
    urls.broker,
  ];
  expect(await prakat.run(login, { stdin: `${PASSWORD}\n` })).toMatchObject({ code: 0 });
  await saveProfile({ ...urls, user: 'admin', password: PASSWORD }, prakat.profile);
  const made = await json('enrol', HALL, '--village', '43010101', '--name', 'หอกระจายข่าว บ้านเสาเล้า');
  const config = ['--config', join(folder, 'hall.json')];
  const first = start('device', ...config, '--enrol', made.code, '--server', urls.server);
  await vi.waitFor(
    async () =>
      expect((await json('watch', '--once')).devices).toMatchObject([{ presence: { state: 'online' } }]),
    PATIENCE,
  );
  await stop(first);

  const { sha256, bytes, ms } = await upload();
  const announcement = { title: 'ข่าวเช้า', tower: { parts: [{ type: 'media', sha256, bytes, ms }] } };
  const entry = { id: 'news', starts: '2026-11-01T06:30:00', rule: 'FREQ=DAILY', band: 40, announcement };
  await writeFile(join(folder, 'p.json'), JSON.stringify({ entries: [entry] }));
  await json('programme', '4301', '--set', join(folder, 'p.json'));
  const written = await json('stick', 'write', '--to', '4301', '--folder', stick);
  expect(written).toMatchObject({ programmes: ['4301'], key_sets: 1, files: 1, had: 0, bytes });
  expect(await json('stick', 'write', '--to', '43', '43010101', '--folder', stick)).toMatchObject({
    files: 0,
    had: 1,
  });
  expect(await readdir(join(stick, 'prakat', 'media'))).toEqual([sha256]);
  // Whoever had the stick before knows what will be written to it next.
  const ours = join(folder, 'operator.json');
  const before = await readFile(ours, 'utf8');
  await rm(join(stick, 'prakat', 'media', sha256));
  for (const name of ['keys.json', `media/${sha256}`])
    await symlink(ours, join(stick, 'prakat', `${name}.new`));
  expect(await json('stick', 'write', '--to', '43010101', '--folder', stick)).toMatchObject({ files: 1 });
  expect(await readFile(ours, 'utf8')).toBe(before);
  await stop(server);

  const cutOff = start('device', ...config);
  const sideload = () => prakat.run(['device', 'sideload', stick, ...config, '--json']);
  const result = await vi.waitFor(async () => {
    const { code, out, err } = await sideload();
    expect(code, err).toBe(0);
    return JSON.parse(out);
  }, PATIENCE);
  expect(result).toMatchObject({
    device: HALL,
    taken: { programmes: [{ area: '4301', version: 1 }], files: 1, bytes },
    ...{ missing: 0, refused: [], reports_written: 1 },
  });
  const thai = await prakat.run(['device', 'sideload', stick, ...config, '--lang', 'th']);
  expect(thai.out).toContain('มีอยู่แล้ว');
  await stop(cutOff);

  server = await startServer();
  const imported = await vi.waitFor(() => json('stick', 'import', '--folder', stick), PATIENCE);
  expect(imported).toMatchObject({ refused: [] });
  expect(imported.stored[HALL]).toBeGreaterThan(2);
  expect(await json('stick', 'import', '--folder', stick)).toMatchObject({
    stored: imported.stored,
    refused: [],
  });
  await stop(server);
});

it('says what is wrong with a folder', async () => {
  const none = await prakat.run(['stick', 'import', '--folder', join(folder, 'none'), '--json']);
  expect(none.code).toBe(1);
  const hall = ['--config', join(folder, 'hall.json'), '--lang', 'th', '--json'];
  const beside = await prakat.run(['device', 'sideload', folder, ...hall]);
  expect(JSON.parse(beside.out).error).toMatchObject({
    code: 'no-stick',
    th: expect.stringContaining(folder),
  });
  const { code, out } = await prakat.run(['stick', 'write', '--folder', stick, '--json']);
  expect(code).toBe(2);
  expect(JSON.parse(out).error.code).toBe('wrong-usage');
});
