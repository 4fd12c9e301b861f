import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { STICK_FOLDER } from '../../firmware-protocol/stick/layout.ts';
import { filesOf, readRelease } from './release-file.ts';

/** The document and every file that it names, as a hall reads sticks; what is there already under its hash stays. */
export async function putOnStick(
  path: string,
  builds: string,
  stick: string,
): Promise<{ area: string; version: string; files: number }> {
  const { release, text } = await readRelease(path);
  const files = await filesOf(release, join(builds, 'media'));
  const [media, releases] = ['media', 'releases'].map((name) => join(stick, STICK_FOLDER, name));
  for (const folder of [media, releases]) await mkdir(folder ?? '', { recursive: true });
  for (const sha256 of files) {
    const [source, target] = [join(builds, 'media', sha256), join(media ?? '', sha256)];
    const [from, to] = await Promise.all([stat(source), stat(target).catch(() => undefined)]);
    // The hall checks each byte; a torn copy is only made again.
    if (to?.size !== from.size) await copyFile(source, target);
  }
  await writeFile(join(releases ?? '', `${release.area}.json`), text);
  return { area: release.area, version: release.version, files: files.length };
}
