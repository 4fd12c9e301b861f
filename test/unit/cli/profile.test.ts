import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadProfile, profilePath, saveProfile } from '../../../scripts/operator/profile.ts';

const PROFILE = {
  server: 'http://10.0.0.1:8080',
  broker: 'mqtts://10.0.0.1:8883',
  user: 'somchai',
  password: 'ลับมาก',
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-profile-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('is kept for its owner alone, and comes back', async () => {
  const path = join(folder, 'config', 'prakat', 'operator.json');
  await saveProfile(PROFILE, path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'config', 'prakat'))).mode & 0o777).toBe(0o700);
  expect(await loadProfile(path)).toEqual(PROFILE);
});

it('replaces an old one that everybody could read, and leaves nothing beside it', async () => {
  const path = join(folder, 'operator.json');
  await writeFile(path, '{}', { mode: 0o644 });
  // What a crash left of the last attempt is not trusted with its mode.
  await writeFile(`${path}.new`, '', { mode: 0o644 });
  await saveProfile(PROFILE, path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['operator.json']);
});

it('without one, login is asked for', async () => {
  await expect(loadProfile(join(folder, 'none.json'))).rejects.toMatchObject({
    code: 'not-logged-in',
    words: { en: expect.stringContaining('prakat login'), th: expect.stringContaining('prakat login') },
  });
});

it.each([
  ['cut off', '{"server": "http://10.'],
  ['empty', ''],
  ['another file', '[1, 2]'],
  ['with a broker that is none', JSON.stringify({ ...PROFILE, broker: 'http://10.0.0.1' })],
  ['without a password', JSON.stringify({ ...PROFILE, password: '' })],
])('one that is %s is said to be broken', async (_what, text) => {
  const path = join(folder, 'operator.json');
  await writeFile(path, text);
  await expect(loadProfile(path)).rejects.toMatchObject({ code: 'profile-broken' });
});

it.each([
  [{ PRAKAT_PROFILE: '/p.json', XDG_CONFIG_HOME: '/x' }, '/p.json'],
  [{ XDG_CONFIG_HOME: '/x' }, '/x/prakat/operator.json'],
])('%j keeps it at %s', (env, path) => {
  expect(profilePath(env)).toBe(path);
});
