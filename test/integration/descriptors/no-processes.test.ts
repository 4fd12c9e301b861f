import { execFile, spawn, spawnSync } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { sha256Of } from '../../contract/ports/memory-media.ts';
import { bundleChild } from '../child-bundle.ts';
import { APLAY_READY } from '../sound/fake-aplay.ts';

/** The user of the agent has as many processes as he may (TasksMax, RLIMIT_NPROC): `fork` says EAGAIN (F7). */
const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'prakat-hall-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The limit does not hold for root, and counts all that its user runs: somebody who is nobody else. */
const SOMEBODY = 61_000 + (process.pid % 4_000);
const isRoot = process.getuid?.() === 0;
/** Only who is the same may set the limit of another process. */
const AS_SOMEBODY = isRoot ? [`--reuid=${SOMEBODY}`, `--regid=${SOMEBODY}`, '--clear-groups'] : [];
const canLimit = ['setpriv', 'prlimit'].every((tool) => spawnSync(tool, ['--version']).status === 0);

test.skipIf(!canLimit)(
  'a hall that may start no program goes on, each that it needs fails with its own error, and all works when it may again',
  async () => {
    const child = await bundleChild('processes', 'test/integration/descriptors/hall-child.ts', [
      ...['libsql', 'mqtt', 'sharp'],
    ]);
    const kept = Buffer.from('ข่าวเช้า');
    await mkdir(join(folder, 'media'));
    await writeFile(join(folder, 'media', sha256Of(kept)), kept);
    await writeFile(join(folder, 'aplay'), `#!/bin/bash\n${APLAY_READY}\ncat >/dev/null\n`);
    await chmod(join(folder, 'aplay'), 0o755);
    // Where he may read it, whoever owns the sources.
    await cp(child, join(folder, 'hall-child.mjs'));
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    if (isRoot) for (const path of ['', 'media']) await chown(join(folder, path), SOMEBODY, SOMEBODY);
    const names = [sha256Of(kept), sha256Of(Buffer.from('ข่าวเที่ยง'))];
    const program = [process.execPath, join(folder, 'hall-child.mjs'), folder, ...names, 'processes'];
    const hall = spawn('setpriv', [...AS_SOMEBODY, ...program], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    hall.on('message', async (limit) => {
      const limits = await readFile(`/proc/${hall.pid}/limits`, 'utf8');
      const soft = limit === 'one' ? '1' : /^Max processes\s+\S+\s+(\S+)/m.exec(limits)?.[1];
      await run('setpriv', [...AS_SOMEBODY, 'prlimit', '--pid', `${hall.pid}`, `--nproc=${soft}:`]);
      hall.send('done');
    });
    if (hall.stdout === null) throw new Error('the hall has no output');
    const [before, without, after] = (await text(hall.stdout))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
    expect(before).toMatchObject({
      'the sound device': 'works',
      'the painter': 'painter-failed',
      'a relay on a pin': 'amplifier-failed',
    });
    expect(without).toEqual({ ...before, 'the sound device': 'no-sound-device' });
    expect(after).toEqual(before);
  },
  60_000,
);
