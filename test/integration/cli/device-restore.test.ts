import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readPins } from '../../../device/drivers/store/pins.ts';
import { Town } from '../server/town.ts';
import { Prakat, type Started } from './prakat.ts';

/** The box of a hall is replaced by another: same place, numbers that go on, a new key; the old box is dead (F24, F25, I4). */

const WITHIN = { timeout: 20_000, interval: 100 };
let town: Town;
let prakat: Prakat;
let folder: string;
const running: Started[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-restore-'));
  [town, prakat] = await Promise.all([Town.found('embedded'), Prakat.built()]);
  await prakat.logOn(town);
});
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  await town.close();
  await rm(folder, { recursive: true, force: true });
});

const box = (name: string) => join(folder, name);
const places = (name: string) => [
  '--config',
  join(box(name), 'hall.json'),
  '--data',
  join(box(name), 'data'),
];
const quiet = ['--yes', '--no-start', '--sound', 'none', '--board', 'none', '--json'];
const record = () => town.server.services.db.devices.get('hall-mae');

async function ticket(device = 'hall-mae'): Promise<string> {
  const made = await prakat.run(['enrol', device, '--village', '43010101', '--name', 'หอเสาเล้า', '--json']);
  expect(made.code, made.err).toBe(0);
  return JSON.parse(made.out).ticket;
}

function start(name: string): Started {
  const started = prakat.start(['device', '--config', join(box(name), 'hall.json')]);
  running.push(started);
  return started;
}

it('the first box runs and reports', async () => {
  const first = await prakat.run(['device', 'setup', '--code', await ticket(), ...quiet, ...places('old')]);
  expect(first.code, first.err).toBe(0);
  start('old');
  await vi.waitFor(async () => expect((await record())?.reportsUpTo).toBeGreaterThan(0), WITHIN);
});

it('a backup holds what never goes down, and no secret', async () => {
  const out = join(folder, 'hall-mae.json');
  const made = await prakat.run([
    'device',
    'backup',
    '--config',
    join(box('old'), 'hall.json'),
    '--out',
    out,
  ]);
  expect(made.code, made.err).toBe(0);
  const text = await readFile(out, 'utf8');
  const { seed, password } = JSON.parse(await readFile(join(box('old'), 'data/identity.json'), 'utf8'));
  for (const secret of [seed, password]) expect(text).not.toContain(secret);
  expect(JSON.parse(text)).toMatchObject({ device: 'hall-mae', pinned: { facts: { boot: 1 } } });
});

it('a code of another hall is refused, stays good, and hurts nobody', async () => {
  const other = await ticket('hall-other');
  const restore = ['device', 'restore', join(folder, 'hall-mae.json'), '--code', other];
  const refused = await prakat.run([...restore, ...quiet, ...places('new')]);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('hall-other');
  const used = await prakat.run(['device', 'setup', '--code', other, ...quiet, ...places('other')]);
  expect(used.code, used.err).toBe(0);
});

it('the new box is the hall: numbers and boots go on, and the old box is refused', async () => {
  const before = await record();
  const { pinned } = JSON.parse(await readFile(join(folder, 'hall-mae.json'), 'utf8'));
  const restore = ['device', 'restore', join(folder, 'hall-mae.json'), '--code', await ticket()];
  const done = await prakat.run([...restore, ...quiet, ...places('new')]);
  expect(done.code, done.err).toBe(0);
  await vi.waitFor(() => expect(running[0]?.said()).toContain('bus-refused'), WITHIN);
  const { keeper } = await readPins(join(box('new'), 'data/store/pins.json'));
  expect(keeper.pinned.reserved).toBeGreaterThanOrEqual(pinned.reserved);
  start('new');
  await vi.waitFor(
    async () => expect((await record())?.reportsUpTo).toBeGreaterThan(pinned.reserved),
    WITHIN,
  );
  const after = await record();
  expect(after?.chain).toBe((before?.chain ?? 0) + 1);
  expect(after?.publicKey).not.toBe(before?.publicKey);
  expect(after?.presence).toMatchObject({ state: 'online', boot: 100_002 });
});

it('a box that is a hall already is not overwritten, and a file that is no backup is named by its fault', async () => {
  const again = ['device', 'restore', join(folder, 'hall-mae.json'), '--code', 'x'];
  const occupied = await prakat.run([...again, ...quiet, ...places('new')]);
  expect(JSON.parse(occupied.out).error.code).toBe('box-occupied');
  const bad = join(folder, 'bad.json');
  await writeFile(bad, JSON.stringify({ format: 1, device: 'หอ', village: '43' }));
  const wrong = await prakat.run(['device', 'restore', bad, ...quiet, ...places('third')]);
  expect(wrong.code).toBe(1);
  expect(JSON.parse(wrong.out).error.faults.map(({ path }: { path: string }) => path)).toContain('device');
});
