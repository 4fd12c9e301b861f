import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Architecture } from '../../firmware-protocol/content/release.ts';

/** Files of scripts/packaging that go into the package as they are: where, and with which mode. */
export const INSTALLED: readonly (readonly [source: string, target: string, mode: number])[] = [
  ['launch', 'usr/lib/prakat/launch', 0o755],
  ['debian/prakat', 'usr/bin/prakat', 0o755],
  ['debian/prakat.service', 'usr/lib/systemd/system/prakat.service', 0o644],
  ['debian/journald.conf', 'usr/lib/systemd/journald.conf.d/prakat.conf', 0o644],
  ['debian/hall.json', 'usr/share/prakat/hall.json', 0o644],
  ['debian/copyright', 'usr/share/doc/prakat/copyright', 0o644],
];
const SCRIPTS = ['postinst', 'prerm', 'postrm'] as const;
const DOCUMENTS = ['README.md', 'docs/operate.md', 'docs/signs.md'];

/** Raspberry Pi OS and Debian 13 have Node 20.19; everything else is in the package or in every Debian. */
const DEPENDS = 'nodejs (>= 20.19), alsa-utils, adduser, libc6, libstdc++6';
const RECOMMENDS = 'gpiod, ca-certificates, fonts-noto-core';

/** Makes the tree of a package around a version that lies in `<root>/usr/lib/prakat/app`, and the .deb of it. */
export function buildDeb(
  repository: string,
  root: string,
  { version, architecture }: { version: string; architecture: Architecture },
  deb: string,
): void {
  const here = join(repository, 'scripts/packaging');
  for (const [source, target, mode] of INSTALLED) install(join(here, source), join(root, target), mode);
  for (const path of DOCUMENTS)
    install(join(repository, path), join(root, 'usr/share/doc/prakat', path.replace(/.*\//, '')), 0o644);
  const changelog = join(root, 'usr/share/doc/prakat/changelog.gz');
  writeFileSync(changelog, gzipSync(readFileSync(join(repository, 'CHANGELOG.md')), { level: 9 }));
  for (const script of SCRIPTS) install(join(here, 'debian', script), join(root, 'DEBIAN', script), 0o755);
  const files = filesBelow(root, '').filter((path) => !path.startsWith('DEBIAN/'));
  const bytes = files.reduce((sum, path) => sum + statSync(join(root, path)).size, 0);
  writeFileSync(join(root, 'DEBIAN/control'), controlOf(version, architecture, Math.ceil(bytes / 1_024)));
  const sums = files.map((path) => `${md5(join(root, path))}  ${path}\n`);
  writeFileSync(join(root, 'DEBIAN/md5sums'), sums.join(''));
  const { status } = spawnSync('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', root, deb], {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error(`dpkg-deb ended with ${status}`);
}

export function controlOf(version: string, architecture: Architecture, installedKib: number): string {
  return `Package: prakat
Version: ${version}
Architecture: ${architecture}
Maintainer: prakat <prakat@localhost>
Installed-Size: ${installedKib}
Depends: ${DEPENDS}
Recommends: ${RECOMMENDS}
Section: sound
Priority: optional
Description: village broadcast tower and LED sign of a hall
 The agent in a Thai village hall: plays signed announcements through the
 tower's amplifier, shows them on the sign in Thai, keeps the programme when
 the network is gone, and reports what really happened.
 .
 After installing it: prakat device setup
`;
}

function install(source: string, target: string, mode: number): void {
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(source, target);
  chmodSync(target, mode);
}

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(root, path) : [path];
    })
    .sort();
}

function md5(path: string): string {
  return createHash('md5').update(readFileSync(path)).digest('hex');
}

/** The files of a version, each under its hash, and the manifest: what a server hands out and a stick carries. */
export function layOutMedia(
  app: string,
  media: string,
  files: { path: string; sha256: string }[],
  manifest: string,
): string {
  mkdirSync(media, { recursive: true });
  for (const { path, sha256 } of files) cpSync(join(app, path), join(media, sha256));
  const sha256 = createHash('sha256').update(manifest).digest('hex');
  writeFileSync(join(media, sha256), manifest);
  return sha256;
}
