import { ARCHITECTURES, type Architecture, RELEASE_LIMITS, Version } from './release.ts';

/** One file of a version; `path` is relative, of plain names. */
export interface ReleaseFile {
  path: string;
  sha256: string;
  bytes: number;
  executable: boolean;
}

export interface ReleaseManifest {
  version: Version;
  architecture: Architecture;
  files: ReleaseFile[];
}

/** Names of files and folders: none hidden by a dot alone, none that a shell or `sha256sum -c` would read otherwise. */
const NAME = /^(?!\.{1,2}$)[A-Za-z0-9@_.+-]{1,120}$/;
const PATH_CHARS = 300;

/**
 * The text of a manifest. `sha256sum -c` reads it as it is, since lines with a # are comments to it, and so can a
 * launcher of ten lines of shell:
 *
 *     # prakat 0.2.0 arm64
 *     # 878392 -
 *     <sha256>  dist/device.mjs
 */
export function writeManifest({ version, architecture, files }: ReleaseManifest): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const lines = sorted.map(
    ({ path, sha256, bytes, executable }) => `# ${bytes} ${executable ? 'x' : '-'}\n${sha256}  ${path}\n`,
  );
  return `# prakat ${version} ${architecture}\n${lines.join('')}`;
}

/** The manifest in a text, or what is wrong with it, with the line. Nothing in it leads out of its folder. */
export function readManifest(text: string): ReleaseManifest | { fault: string } {
  const [head = '', ...lines] = text.trimEnd().split('\n');
  const [, version = '', architecture = ''] = /^# prakat (\S+) (\S+)$/.exec(head) ?? [];
  const known = ARCHITECTURES.find((each) => each === architecture);
  if (!Version.safeParse(version).success || known === undefined)
    return { fault: 'line 1 is not "# prakat VERSION ARCHITECTURE"' };
  if (lines.length === 0 || lines.length % 2 !== 0 || lines.length / 2 > RELEASE_LIMITS.files)
    return { fault: `${lines.length} lines of files` };
  const files: ReleaseFile[] = [];
  for (let at = 0; at < lines.length; at += 2) {
    const file = readFileLines(lines[at] ?? '', lines[at + 1] ?? '');
    if (file === undefined) return { fault: `lines ${at + 2} and ${at + 3} name no file` };
    files.push(file);
  }
  if (new Set(files.map(({ path }) => path)).size !== files.length) return { fault: 'a file is named twice' };
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > RELEASE_LIMITS.totalBytes) return { fault: `${total} bytes in all` };
  return { version, architecture: known, files };
}

function readFileLines(about: string, named: string): ReleaseFile | undefined {
  const [, size = '', mode] = /^# (\d{1,10}) ([x-])$/.exec(about) ?? [];
  const [, sha256, path = ''] = /^([0-9a-f]{64}) {2}(.+)$/.exec(named) ?? [];
  const bytes = Number(size);
  const isPath = path.length <= PATH_CHARS && path.split('/').every((name) => NAME.test(name));
  if (mode === undefined || sha256 === undefined || !isPath || bytes > RELEASE_LIMITS.fileBytes)
    return undefined;
  return { path, sha256, bytes, executable: mode === 'x' };
}
