import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type ReleaseFile,
  readManifest,
  writeManifest,
} from '../../firmware-protocol/content/release-manifest.ts';
import { reachableBundles } from './reachable-bundles.ts';
import { neededFiles } from './target-packages.ts';
import type { Target } from './targets.ts';

export interface VersionTree {
  version: string;
  /** The text of `<root>/manifest`. */
  manifest: string;
  files: ReleaseFile[];
}

/**
 * Lays out one version of the agent: what a slot holds, and what the package installs as the base. `modules` are the npm
 * packages for the target. Throws when a native part is not for the target, or a name could not stand in a manifest.
 */
export function layOutVersion(
  repository: string,
  modules: string,
  target: Target,
  root: string,
): VersionTree {
  const sources = new Map<string, string>([
    ...reachableBundles(join(repository, 'dist')).map(
      (path) => [join('dist', path), join(repository, 'dist', path)] as const,
    ),
    ...neededFiles(modules, target).map((path) => [join('node_modules', path), join(modules, path)] as const),
  ]);
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  const files = [...sources].map(([path, source]) => placed(path, source, root, target));
  const manifest = writeManifest({ version, architecture: target.architecture, files });
  const read = readManifest(manifest);
  if ('fault' in read) throw new Error(`the manifest cannot be read again: ${read.fault}`);
  writeFileSync(join(root, 'manifest'), manifest);
  return { version, manifest, files: read.files };
}

function placed(path: string, source: string, root: string, target: Target): ReleaseFile {
  const elf = elfMachineOf(source);
  if (elf !== undefined && elf !== target.elfMachine)
    throw new Error(`${path} is for ELF machine ${elf}, not for ${target.architecture}`);
  // A library is loaded, a program is run.
  const executable = elf !== undefined && !/\.(?:node|so[\d.]*)$/.test(path);
  mkdirSync(dirname(join(root, path)), { recursive: true });
  copyFileSync(source, join(root, path));
  chmodSync(join(root, path), executable ? 0o755 : 0o644);
  const content = readFileSync(source);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { path, sha256, bytes: content.length, executable };
}

/** e_machine of an ELF file; undefined = it is none. */
export function elfMachineOf(path: string): number | undefined {
  const head = Buffer.alloc(20);
  const file = openSync(path, 'r');
  const length = readSync(file, head);
  closeSync(file);
  return length === 20 && head.readUInt32BE(0) === 0x7f454c46 ? head.readUInt16LE(18) : undefined;
}
