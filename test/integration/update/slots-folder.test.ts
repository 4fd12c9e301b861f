import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { SlotsFolder } from '../../../device/drivers/update/slots-folder.ts';
import { BASE, BUILT, LaunchStage } from './launch-stage.ts';

/** What is copied into a slot is checked while it is copied, and dated as its release (F43). */

let stage: LaunchStage;
beforeEach(async () => {
  stage = await LaunchStage.make();
});
afterEach(() => stage.remove());

const fill = async (change: (path: string) => Promise<void>) => {
  const { folder, sha256, text } = await stage.fetched('0.2.0');
  return stage.driver().fill('0.2.0', { sha256, text, at: BUILT }, async ({ path }) => {
    const source = join(folder, path);
    if (path === 'dist/device.cjs') await change(source);
    return source;
  });
};

test.each([
  ['changed', (path: string) => writeFile(path, '0.2.1')],
  ['cut', (path: string) => writeFile(path, '')],
  ['longer', (path: string) => writeFile(path, '0.2.0 and more')],
])('a file that is %s after it was verified is refused, and nothing is left of it', async (_how, change) => {
  await expect(fill(change)).rejects.toMatchObject({ code: 'update-corrupt' });
  expect(await readdir(stage.slots)).toEqual(['state']);
  expect((await stage.driver().state()).held).toEqual({});
  expect(await stage.launch()).toMatchObject({ version: '0.1.0' });
});

test('a source that goes away meanwhile is told, and what was there before still runs', async () => {
  const slot = await stage.fill('0.3.0');
  await stage.driver({ slot, trial: true }).confirm('0.3.0');
  await expect(fill((path) => rm(path))).rejects.toMatchObject({ code: 'store-failed' });
  expect(await stage.launch()).toMatchObject({ version: '0.3.0' });
});

test('a manifest that leads out of the slot is refused before anything is written', async () => {
  const { sha256, text } = await stage.fetched('0.2.0');
  const bad = { sha256, text: text.replace('dist/device.cjs', '../device.cjs'), at: BUILT };
  await expect(stage.driver().fill('0.2.0', bad, async () => '/dev/null')).rejects.toMatchObject({
    code: 'update-corrupt',
  });
});

test('files have the date of their release: a version takes its own as a time that is surely past', async () => {
  const slot = await stage.fill('0.2.0');
  expect((await stat(join(stage.slots, slot, 'dist/device.cjs'))).mtimeMs).toBe(BUILT);
});

test('a file that any version here has is found by its hash', async () => {
  const { text } = await stage.fetched('0.2.0');
  const [, shared = ''] = /^([0-9a-f]{64}) {2}node_modules/m.exec(text) ?? [];
  expect(await stage.driver().find(shared)).toBe(join(stage.base, 'node_modules/@scope/part/index.js'));
  expect(await stage.driver().find('ab'.repeat(32))).toBeUndefined();
});

const canMount = process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0;
it.runIf(canMount)('a card without room is left as it is, with all that was free', async () => {
  const card = join(stage.folder, 'card');
  await mkdir(card);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', card]);
  if (mounted.status !== 0) return;
  try {
    const { folder, sha256, text } = await stage.fetched('0.2.0');
    const driver = new SlotsFolder({ folder: join(card, 'slots'), base: stage.base, launched: BASE });
    const filled = driver.fill('0.2.0', { sha256, text, at: BUILT }, async ({ path }) => join(folder, path));
    await expect(filled).rejects.toMatchObject({ code: 'store-full' });
    expect(await readdir(join(card, 'slots'))).toEqual([]);
    expect(await readFile(join(folder, 'manifest'), 'utf8')).toBe(text);
  } finally {
    spawnSync('umount', [card]);
  }
});
