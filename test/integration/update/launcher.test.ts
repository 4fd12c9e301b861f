import { spawn } from 'node:child_process';
import { appendFile, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { LaunchStage } from './launch-stage.ts';

/** The launcher of the package, the real shell script, over slots that the real driver filled. */

let stage: LaunchStage;
beforeEach(async () => {
  stage = await LaunchStage.make();
});
afterEach(() => stage.remove());

const statePath = () => join(stage.slots, 'state');
const B = { slot: 'b', trial: false } as const;

/** Version 0.2.0 in slot a and kept. */
async function kept(version = '0.2.0'): Promise<void> {
  const slot = await stage.fill(version);
  await stage.driver({ slot, trial: true }).confirm(version);
}

test('without any update the base runs, with its flags and the configuration', async () => {
  const ran = await stage.launch();
  expect(ran).toMatchObject({ slot: 'base', version: '0.1.0', trial: false, instead: '' });
  expect(ran?.argv).toEqual([
    '--max-semi-space-size=2',
    join(stage.base, 'dist/device.cjs'),
    '--config',
    '/etc/prakat/hall.json',
  ]);
});

test('compiled code of earlier starts is used, but not by the start after one that came to nothing', async () => {
  await kept();
  const cache = { CACHE_DIRECTORY: '/var/cache/prakat' };
  expect((await stage.launch(cache))?.cache).toBe('/var/cache/prakat');
  expect((await stage.launch(cache))?.cache).toBe('');
  await stage.driver({ slot: 'a', trial: false }).settled(false);
  expect((await stage.launch(cache))?.cache).toBe('/var/cache/prakat');
});

test('a filled slot runs only when it was chosen', async () => {
  await stage.fill('0.2.0');
  expect(await stage.launch()).toMatchObject({ slot: 'base' });
});

test('a trial gets its starts, then the version before runs and the reason is kept', async () => {
  await stage.driver().tryOut(await stage.fill('0.2.0'), 2);
  expect(await stage.launch()).toMatchObject({ version: '0.2.0', trial: true });
  expect(await stage.launch()).toMatchObject({ version: '0.2.0', trial: true });
  expect(await stage.launch()).toMatchObject({ version: '0.1.0', trial: false });
  expect((await stage.driver().state()).returned).toEqual({ version: '0.2.0', reason: 'starts-used-up' });
  expect(await stage.launch()).toMatchObject({ version: '0.1.0' });
});

test('a version that was kept runs, and the next one goes to the other slot', async () => {
  await kept();
  expect(await stage.launch()).toMatchObject({ slot: 'a', version: '0.2.0', trial: false });
  expect(await stage.fill('0.3.0', { slot: 'a', trial: false })).toBe('b');
  await stage.driver({ slot: 'b', trial: true }).confirm('0.3.0');
  expect(await stage.launch()).toMatchObject({ slot: 'b', version: '0.3.0' });
  expect(await stage.driver(B).state()).toMatchObject({ current: 'b', floor: '0.3.0' });
  expect(await stage.fill('0.4.0', B)).toBe('a');
});

test('a version that runs in the place of one that does not may be followed by a third', async () => {
  await kept();
  await stage.fill('0.3.0', { slot: 'a', trial: false });
  await stage.driver({ slot: 'b', trial: true }).confirm('0.3.0');
  await writeFile(join(stage.slots, 'b/dist/device.cjs'), 'rotten');
  expect(await stage.launch()).toMatchObject({ slot: 'a', instead: '0.3.0 damaged' });
  const fallen = { slot: 'a', trial: false, instead: { version: '0.3.0', reason: 'damaged' } } as const;
  expect(await stage.fill('0.4.0', fallen)).toBe('b');
  expect(await stage.launch()).toMatchObject({ slot: 'a', version: '0.2.0', instead: '' });
  await stage.driver(fallen).tryOut('b', 3);
  expect(await stage.launch()).toMatchObject({ version: '0.4.0', trial: true });
});

describe('a slot that is not what was signed does not run (F43)', () => {
  const damages: [what: string, damage: (slot: string) => Promise<void>][] = [
    ['a changed byte', (slot) => writeFile(join(slot, 'dist/device.cjs'), '0.2.1')],
    ['a file more', (slot) => writeFile(join(slot, 'node_modules/evil.js'), '')],
    ['a file less', (slot) => rm(join(slot, 'node_modules/@scope/part/index.js'))],
    ['an empty file', (slot) => writeFile(join(slot, 'dist/device.cjs'), '')],
    ['a manifest that fits a changed file', (slot) => appendFile(join(slot, 'manifest'), '# more\n')],
    ['no manifest', (slot) => rm(join(slot, 'manifest'))],
    ['no slot', (slot) => rm(slot, { recursive: true })],
    [
      'a link instead of a file',
      async (slot) => {
        await rm(join(slot, 'dist/device.cjs'));
        await symlink(join(slot, '../../fetched/0.2.0/dist/device.cjs'), join(slot, 'dist/device.cjs'));
      },
    ],
  ];
  it.each(damages)('%s, in the version that is kept', async (_what, damage) => {
    await kept();
    await damage(join(stage.slots, 'a'));
    expect(await stage.launch()).toMatchObject({ slot: 'base', version: '0.1.0', instead: '0.2.0 damaged' });
  });

  it.each(damages)('%s, in the version on trial', async (_what, damage) => {
    await stage.driver().tryOut(await stage.fill('0.2.0'), 3);
    await damage(join(stage.slots, 'a'));
    expect(await stage.launch()).toMatchObject({ slot: 'base', trial: false });
    expect((await stage.driver().state()).returned).toMatchObject({ reason: 'damaged' });
  });
});

test('both slots bad: the base runs (F42)', async () => {
  await kept();
  await stage.fill('0.3.0', { slot: 'a', trial: false });
  await stage.driver(B).confirm('0.3.0');
  for (const slot of ['a', 'b']) await writeFile(join(stage.slots, slot, 'dist/device.cjs'), 'rotten');
  expect(await stage.launch()).toMatchObject({ slot: 'base', version: '0.1.0' });
});

test('a version that does not come up is passed over for the one before, then the base, and is tried again', async () => {
  await kept();
  await stage.fill('0.3.0', { slot: 'a', trial: false });
  await stage.driver({ slot: 'b', trial: true }).confirm('0.3.0');
  const ran: string[] = [];
  for (let start = 0; start < 16; start++) ran.push((await stage.launch())?.version ?? 'nothing');
  const five = (version: string) => Array.from({ length: 5 }, () => version);
  expect(ran).toEqual([...five('0.3.0'), ...five('0.2.0'), ...five('0.1.0'), '0.3.0']);
  await stage.driver(B).settled(false);
  expect(await stage.launch()).toMatchObject({ version: '0.3.0' });
}, 60_000);

test('whatever stands in the state file, something runs (I8)', async () => {
  await kept();
  const good = await readFile(statePath(), 'utf8');
  const torn = [
    '',
    '\0'.repeat(4096),
    'current=a',
    'current=$(reboot)\na=x',
    'trial=a\ntrial_starts=9999',
    'ฮฮฮ',
  ];
  for (const bytes of [
    ...torn,
    ...[...good].flatMap((_letter, at) => (at % 3 === 0 ? [good.slice(0, at)] : [])),
  ]) {
    await writeFile(statePath(), bytes);
    expect(['0.1.0', '0.2.0']).toContain((await stage.launch())?.version);
  }
}, 60_000);

test('where starts cannot be counted nothing is tried out', async () => {
  await kept();
  await stage
    .driver({ slot: 'a', trial: false })
    .tryOut(await stage.fill('0.3.0', { slot: 'a', trial: false }), 3);
  // The file that the new state is written to cannot be opened: so a full or read-only disk looks from here.
  await symlink('/nowhere/at/all', join(stage.slots, 'state.launch'));
  for (let start = 0; start < 7; start++)
    expect(await stage.launch()).toMatchObject({ version: '0.2.0', trial: false });
});

test('a version that hangs on trial is ended, and the one before runs', async () => {
  await stage.driver().tryOut(await stage.fill('0.2.0'), 3);
  const env = stage.env({ PRAKAT_TRIAL_LIMIT_S: '1', STAY: '600' });
  const child = spawn('sh', [resolve('scripts/packaging/launch'), 'hall.json'], { env, stdio: 'ignore' });
  const ended = await new Promise((done) => child.once('exit', (_code, signal) => done(signal)));
  expect(ended).toBe('SIGTERM');
  expect(await stage.launch()).toMatchObject({ version: '0.1.0', trial: false });
  expect((await stage.driver().state()).returned).toEqual({ version: '0.2.0', reason: 'not-confirmed' });
}, 30_000);

test('a version that was kept in time is left alone', async () => {
  const slot = await stage.fill('0.2.0');
  await stage.driver().tryOut(slot, 3);
  const env = stage.env({ PRAKAT_TRIAL_LIMIT_S: '1', STAY: '3' });
  const child = spawn('sh', [resolve('scripts/packaging/launch'), 'hall.json'], { env, stdio: 'ignore' });
  const ended = new Promise((done) => child.once('exit', (code, signal) => done(signal ?? code)));
  await expect.poll(() => readFile(statePath(), 'utf8')).toContain('trial_starts=2');
  await stage.driver({ slot, trial: true }).confirm('0.2.0');
  expect(await ended).toBe(0);
  expect(await stage.launch()).toMatchObject({ version: '0.2.0', trial: false });
}, 30_000);
