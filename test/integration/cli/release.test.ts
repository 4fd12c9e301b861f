import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeManifest } from '../../../firmware-protocol/content/release-manifest.ts';
import { openReleaseCounter } from '../../../server/app/releases.ts';
import { configFrom } from '../../../server/config.ts';
import { Prakat } from './prakat.ts';

/** A new version on its way out of the office: the key, the trust of a server, the signature, the files. */

let prakat: Prakat;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-release-'));
  prakat = await Prakat.built();
  await writeFile(join(folder, 'server.json'), JSON.stringify({ data: 'data' }));
  await buildOf('0.2.0');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sum = (text: string) => createHash('sha256').update(text).digest('hex');
const config = () => ['--config', join(folder, 'server.json')];
const builds = () => ['--builds', join(folder, 'builds')];
const json = async (...args: string[]) => {
  const { code, out, err } = await prakat.run([...args, '--json']);
  return { code, err, document: JSON.parse(out) };
};
const sign = (...more: string[]) =>
  json('release', 'sign', '--key', join(folder, 'key'), '--by', 'ทีมพัฒนา', ...builds(), ...more);

/** As build-deb leaves it. */
async function buildOf(version: string): Promise<void> {
  const program = `// ${version}\n`;
  const file = { path: 'dist/device.cjs', sha256: sum(program), bytes: program.length, executable: false };
  const manifest = writeManifest({ version, architecture: 'arm64', files: [file] });
  const media = join(folder, 'builds/media');
  await mkdir(media, { recursive: true });
  for (const text of [program, manifest]) await writeFile(join(media, sum(text)), text);
  const build = { architecture: 'arm64', version, manifest: sum(manifest), bytes: manifest.length };
  await writeFile(join(folder, 'builds/build-arm64.json'), JSON.stringify(build));
}

it('a key is made once, for its owner alone', async () => {
  const made = await json('release', 'key', join(folder, 'key'), '--id', 'release-1');
  expect(made.code, made.err).toBe(0);
  expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600);
  const { seed } = JSON.parse(await readFile(join(folder, 'key'), 'utf8'));
  expect(JSON.stringify(made)).not.toContain(seed);
  expect(await json('release', 'key', join(folder, 'key'), '--id', 'release-1')).toMatchObject({
    code: 1,
    document: { error: { code: 'key-there' } },
  });
});

it('what the key set does not trust is not handed out', async () => {
  const out = join(folder, 'release.json');
  const signed = await sign('--area', '43', '--share', '5', '--out', out);
  expect(signed.document).toMatchObject({ version: '0.2.0', share: 5, area: '43' });
  const published = await json('release', 'publish', out, ...builds(), ...config());
  expect(published).toMatchObject({ code: 1, document: { error: { code: 'unknown-key' } } });
});

it('the next key set trusts it, for its areas and for releases alone', async () => {
  const trusted = await json('release', 'trust', join(folder, 'key.pub'), '--area', '43', ...config());
  expect(trusted, trusted.err).toMatchObject({ code: 0, document: { key: 'release-1', keys: 2 } });
  const counter = await openReleaseCounter(configFrom({ data: 'data' }, folder));
  expect(counter.keys.keys.map(({ uses, areas }) => [uses.includes('release'), areas])).toEqual([
    [false, ['th']],
    [true, ['43']],
  ]);
  await counter.close();
});

it('then the files lie under their hashes and the document is as it was signed', async () => {
  const out = join(folder, 'release.json');
  const published = await json('release', 'publish', out, ...builds(), ...config());
  expect(published, published.err).toMatchObject({ code: 0, document: { files: 2 } });
  expect(await readFile(join(folder, 'data/releases/43.json'), 'utf8')).toBe(await readFile(out, 'utf8'));
  for (const name of await readdir(join(folder, 'builds/media')))
    expect(await readFile(join(folder, 'data/media', name), 'utf8')).toBeTruthy();
});

it('an area that the key has no right to, and a changed document, are refused', async () => {
  const wide = join(folder, 'wide.json');
  await sign('--area', 'th', '--out', wide);
  expect(await json('release', 'publish', wide, ...builds(), ...config())).toMatchObject({
    document: { error: { code: 'outside-area' } },
  });
  const changed = JSON.parse(await readFile(join(folder, 'release.json'), 'utf8'));
  await writeFile(wide, JSON.stringify({ ...changed, share: 100 }));
  expect(await json('release', 'publish', wide, ...builds(), ...config())).toMatchObject({
    document: { error: { code: 'bad-signature' } },
  });
});

it('on a stick it lies as halls read it', async () => {
  const stick = join(folder, 'usb');
  const put = await json('release', 'stick', join(folder, 'release.json'), '--to', stick, ...builds());
  expect(put, put.err).toMatchObject({ code: 0, document: { area: '43', version: '0.2.0', files: 2 } });
  expect(await readdir(join(stick, 'prakat/media'))).toHaveLength(2);
  expect(await readFile(join(stick, 'prakat/releases/43.json'), 'utf8')).toBe(
    await readFile(join(folder, 'release.json'), 'utf8'),
  );
});
