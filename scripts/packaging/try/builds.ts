import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest, writeManifest } from '../../../firmware-protocol/content/release-manifest.ts';

const SOURCES = ['device', 'server', 'firmware-protocol', 'scripts', 'docs', 'README.md', 'CHANGELOG.md'];
const SETTINGS = ['package-lock.json', 'tsconfig.json'];

/** The same sources as a version of another number; resolves to the folder of its builds. */
export function buildAs(version: string, repository: string, scratch: string): string {
  const clone = join(scratch, `clone-${version}`);
  const out = join(scratch, `builds-${version}`);
  if (existsSync(join(out, 'build-amd64.json'))) return out;
  mkdirSync(clone, { recursive: true });
  for (const name of [...SOURCES, ...SETTINGS])
    cpSync(join(repository, name), join(clone, name), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(clone, 'node_modules'));
  const text = readFileSync(join(repository, 'package.json'), 'utf8');
  writeFileSync(join(clone, 'package.json'), text.replace(/"version": "[^"]*"/, `"version": "${version}"`));
  run('node', ['scripts/build/bundle.mjs'], clone);
  run('node', ['dist/build-deb.mjs', '--out', out, 'amd64'], clone);
  return out;
}

/** A version that ends as soon as it begins: a good build with another program in it, under a number of its own. */
export function spoil(builds: string, version: string, scratch: string): string {
  const out = join(scratch, `builds-${version}`);
  cpSync(builds, out, { recursive: true });
  const build = JSON.parse(readFileSync(join(out, 'build-amd64.json'), 'utf8'));
  const media = join(out, 'media');
  const manifest = readManifest(readFileSync(join(media, build.manifest), 'utf8'));
  if ('fault' in manifest) throw new Error(manifest.fault);
  const program = 'process.exit(1);\n';
  const files = manifest.files.map((file) =>
    file.path === 'dist/device.cjs' ? { ...file, sha256: sum(program), bytes: program.length } : file,
  );
  const text = writeManifest({ ...manifest, version, files });
  writeFileSync(join(media, sum(program)), program);
  writeFileSync(join(media, sum(text)), text);
  const spoilt = { ...build, version, manifest: sum(text), bytes: Buffer.byteLength(text) };
  writeFileSync(join(out, 'build-amd64.json'), JSON.stringify(spoilt));
  return out;
}

function sum(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function run(command: string, args: string[], cwd: string): void {
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}
