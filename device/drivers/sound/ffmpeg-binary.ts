import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ASK_MS = 5_000;
const OLDEST_SYSTEM = [4, 3] as const;

export interface FfmpegBinary {
  path: string;
  from: 'PRAKAT_FFMPEG' | 'bundled' | 'system';
}

/**
 * The ffmpeg to decode with: `PRAKAT_FFMPEG`, the bundled one, the system's (>= 4.3); undefined when none runs.
 * Bundled before system: it is static, so it gives the first sample in 6 ms and 12 MB where Debian's needs 86 ms and
 * 55 MB; and what it decodes is only ever the Ogg Opus that the server prepared.
 */
export async function findFfmpeg(env: NodeJS.ProcessEnv): Promise<FfmpegBinary | undefined> {
  const candidates: { from: FfmpegBinary['from']; path: () => Promise<string | undefined> }[] = [
    { from: 'PRAKAT_FFMPEG', path: async () => env.PRAKAT_FFMPEG },
    { from: 'bundled', path: bundledPath },
    { from: 'system', path: async () => 'ffmpeg' },
  ];
  for (const { from, path: find } of candidates) {
    const path = await find();
    if (path !== undefined && (await isUsable(path, from))) return { path, from };
  }
  return undefined;
}

/** The package throws while it is loaded on a platform that it has no binary for. */
async function bundledPath(): Promise<string | undefined> {
  try {
    const installer = await import('@ffmpeg-installer/ffmpeg');
    return installer.default.path;
  } catch {
    return undefined;
  }
}

async function isUsable(path: string, from: FfmpegBinary['from']): Promise<boolean> {
  try {
    const { stdout } = await run(path, ['-nostdin', '-hide_banner', '-version'], { timeout: ASK_MS });
    return stdout.startsWith('ffmpeg version') && (from !== 'system' || isRecent(stdout));
  } catch {
    return false;
  }
}

/** `ffmpeg version 5.1.9-0+deb12u1`, `ffmpeg version n6.0`; a build without a number is a recent snapshot. */
function isRecent(said: string): boolean {
  const [, major, minor] = /^ffmpeg version n?(\d+)\.(\d+)/.exec(said) ?? [];
  if (major === undefined) return true;
  const [oldestMajor, oldestMinor] = OLDEST_SYSTEM;
  return Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor);
}
