import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ARCHITECTURES, Architecture } from '../../firmware-protocol/content/release.ts';
import { buildDeb, layOutMedia } from './deb-tree.ts';
import { installFor } from './target-packages.ts';
import { TARGETS } from './targets.ts';
import { layOutVersion } from './version-tree.ts';

/**
 * `scripts/packaging/build-deb [--out dist/packages] [ARCHITECTURE...]`: prakat_VERSION_ARCHITECTURE.deb of each kind of
 * machine, and beside it `media/`, the same version file by file for `prakat release sign`.
 */
const { values, positionals } = parseArgs({
  options: { out: { type: 'string', default: 'dist/packages' } },
  allowPositionals: true,
});
const asked = Architecture.array().safeParse(positionals.length === 0 ? [...ARCHITECTURES] : positionals);
if (!asked.success) {
  process.stderr.write(`build-deb: machines are ${ARCHITECTURES.join(', ')}\n`);
  process.exit(2);
}
const repository = resolve('.');
const out = resolve(values.out);
mkdirSync(out, { recursive: true });

for (const architecture of asked.data) {
  const target = TARGETS[architecture];
  const scratch = mkdtempSync(join(tmpdir(), `prakat-deb-${architecture}-`));
  try {
    const modules = installFor(target, repository, join(scratch, 'npm'));
    const root = join(scratch, 'root');
    const app = join(root, 'usr/lib/prakat/app');
    mkdirSync(app, { recursive: true });
    const { version, manifest, files } = layOutVersion(repository, modules, target, app);
    const deb = join(out, `prakat_${version}_${architecture}.deb`);
    buildDeb(repository, root, { version, architecture }, deb);
    const sha256 = layOutMedia(app, join(out, 'media'), files, manifest);
    const build = { architecture, version, manifest: sha256, bytes: Buffer.byteLength(manifest) };
    writeFileSync(join(out, `build-${architecture}.json`), `${JSON.stringify(build, undefined, 2)}\n`);
    const megabytes = (statSync(deb).size / 1e6).toFixed(1);
    process.stdout.write(`${deb}  ${megabytes} MB, ${files.length} files\n`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
