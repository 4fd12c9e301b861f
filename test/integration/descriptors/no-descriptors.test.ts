import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { ProcessGroup } from '../../../device/drivers/process-group.ts';
import { sha256Of } from '../../contract/ports/memory-media.ts';
import { bundleChild } from '../child-bundle.ts';
import { APLAY_READY } from '../sound/fake-aplay.ts';

/** F7: the process has no descriptor left for a file, a pipe or a socket. */
const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'prakat-hall-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Whether their programs are there or not. */
const SAY_NOTHING = {
  'the time service': 'works',
  'the modem': 'works',
  'a relay on a pin': 'amplifier-failed',
  'the supervisor': 'works',
};

test('what needs a descriptor fails with its own error, nothing dies of it, and all works when there are some again', async () => {
  const child = await bundleChild('descriptors', 'test/integration/descriptors/hall-child.ts', [
    ...['libsql', 'mqtt', 'sharp'],
  ]);
  const kept = Buffer.from('ข่าวเช้า');
  await mkdir(join(folder, 'media'));
  await writeFile(join(folder, 'media', sha256Of(kept)), kept);
  await writeFile(join(folder, 'aplay'), `#!/bin/bash\n${APLAY_READY}\ncat >/dev/null\n`);
  await chmod(join(folder, 'aplay'), 0o755);
  const names = [sha256Of(kept), sha256Of(Buffer.from('ข่าวเที่ยง'))].join(' ');
  const { stdout } = await run('bash', ['-c', `ulimit -n 128; exec node ${child} ${folder} ${names}`]);
  const [before, without, after] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>);
  expect(before).toEqual({
    store: 'works',
    'a file that is there': 'works',
    'a file that comes': 'works',
    'the sound device': 'works',
    'the painter': 'painter-failed',
    'the broker': 'bus-unreachable',
    ...SAY_NOTHING,
    'the canary': 'works',
  });
  expect(without).toEqual({
    store: 'works',
    'a file that is there': 'store-failed',
    'a file that comes': 'store-failed',
    'the sound device': 'no-sound-device',
    'the painter': 'painter-failed',
    'the broker': 'bus-unreachable',
    ...SAY_NOTHING,
    'the canary': 'EMFILE',
  });
  expect(after).toEqual(before);
}, 60_000);

const SIGNER = `
import { createInterface } from 'node:readline';
createInterface({ input: process.stdin }).on('line', (line) =>
  console.log(JSON.stringify({ id: JSON.parse(line).id, publics: [] })));
`;

test('a server that cannot start a program says so for each, refuses no upload for it, and finds its signer again', async () => {
  const child = await bundleChild('descriptors', 'test/integration/descriptors/server-child.ts', [
    'fluent-ffmpeg',
  ]);
  await writeFile(join(folder, 'signer.mjs'), SIGNER);
  const { stdout } = await run('bash', ['-c', `ulimit -n 128; exec node ${child} ${folder}`]);
  const [before, without, after] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(before).toEqual({
    speech: 'works',
    'the sound of an upload': 'works',
    'the picture of an upload': 'picture-failed',
    'the signer': 'works',
  });
  expect(without).toEqual({
    speech: 'speech-failed',
    'the sound of an upload': 'transcoder-failed',
    'the picture of an upload': 'picture-failed',
    'the signer': 'signer-away',
  });
  expect(after).toEqual(before);
}, 60_000);

test('what Node throws at once comes as the end of the program, too', async () => {
  const tooLong = 'ก'.repeat(1_000_000);
  expect(await new ProcessGroup('true', [tooLong]).exited).toMatchObject({
    ...{ code: null, signal: null, failure: { code: 'E2BIG' } },
  });
});
