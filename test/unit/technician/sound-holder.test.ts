import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { soundHolder } from '../../../scripts/technician/diagnose/sound-holder.ts';

it('a sound card is held by the program that has the card open', async () => {
  const root = await mkdtemp(join(tmpdir(), 'prakat-root-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await mkdir(join(root, 'dev/snd'), { recursive: true });
  await mkdir(join(root, 'proc/4711/fd'), { recursive: true });
  for (const name of ['controlC0', 'pcmC0D0c', 'pcmC0D0p']) await writeFile(join(root, 'dev/snd', name), '');
  expect(await soundHolder(root)).toBeUndefined();
  await symlink(join(root, 'dev/snd/pcmC0D0p'), join(root, 'proc/4711/fd/7'));
  await writeFile(join(root, 'proc/4711/comm'), 'vlc\n');
  expect(await soundHolder(root)).toEqual({ pid: 4711, program: 'vlc' });
});
