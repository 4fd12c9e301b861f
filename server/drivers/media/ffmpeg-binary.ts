import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ServerError } from '../../errors.ts';

const VERSION_DEADLINE_MS = 10_000;
/** Before 4.3 ffmpeg's limiter and Opus headers have faults that shorten what is heard. */
const OLDEST = { major: 4, minor: 3 };

/**
 * The ffmpeg to use: `PRAKAT_FFMPEG`, else the system's if it is 4.3 or newer, else the one bundled with
 * \@ffmpeg-installer (a static build of 2018 that the tests hold to the same results). Rejects `transcoder-missing`.
 */
export async function findFfmpeg(env: Record<string, string | undefined>): Promise<string> {
  const named = env.PRAKAT_FFMPEG;
  // Who names one wants that one: a silent fall-back would hide the mistake.
  const candidates = named ? [named] : ['ffmpeg', await bundled()];
  for (const [index, path] of candidates.entries()) {
    if (path === undefined) continue;
    const version = await versionOf(path);
    const isLast = index === candidates.length - 1;
    if (version !== undefined && (isLast || isRecent(version))) return path;
  }
  throw new ServerError('transcoder-missing');
}

async function bundled(): Promise<string | undefined> {
  try {
    const { default: installer } = await import('@ffmpeg-installer/ffmpeg');
    return installer.path;
  } catch {
    // It throws on machines that it has no binary for.
    return undefined;
  }
}

async function versionOf(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['-version'], { timeout: VERSION_DEADLINE_MS });
    return /^ffmpeg version (\S+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

/** `5.1.9-0+deb12u1`, `n7.1`; a build from the repository (`N-47683-g0e8eb07980`) says nothing of its age. */
function isRecent(version: string): boolean {
  const [, major, minor = '0'] = /^n?(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  if (major === undefined) return version.startsWith('git') || version.startsWith('N-');
  return Number(major) > OLDEST.major || (Number(major) === OLDEST.major && Number(minor) >= OLDEST.minor);
}
