import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:fs';
import { access, open, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const OPEN_POLL_MS = 5;
const OPEN_TIMEOUT_MS = 5_000;

/** The far end of a pseudo terminal; `path` is the near one, for a serial port driver. */
export interface Pty {
  readonly path: string;
  write(bytes: Uint8Array): void;
  /** The near end vanishes, as when a USB adapter is pulled. */
  close(): Promise<void>;
  /** The far end stops taking bytes; the near one fills up. */
  freeze(): void;
}

export function ptyAvailable(): boolean {
  return spawnSync('socat', ['-V'], { stdio: 'ignore' }).status === 0;
}

/** The rate that the host set at the near end, baud; undefined when it cannot be told. */
export function baudOfPty(path: string): number | undefined {
  const { stdout } = spawnSync('stty', ['-F', path, 'speed'], { encoding: 'utf8' });
  const baud = Number.parseInt(stdout, 10);
  return Number.isNaN(baud) ? undefined : baud;
}

/**
 * A real pty without a native addon: socat holds it and joins it to its standard input and output.
 * @param path where the symbolic link to the near end is made. Rejects when socat cannot make it.
 */
export async function openPty(path: string, onBytes: (bytes: Uint8Array) => void): Promise<Pty> {
  const socat = spawn('socat', [`PTY,link=${path},rawer`, 'STDIO'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => socat.once('close', () => resolve()));
  socat.once('error', () => {});
  await appears(path, socat);
  // Held open, so that a host that closes and opens again does not hang up the pty.
  const keeper = await open(path, constants.O_RDWR | constants.O_NOCTTY);
  socat.stdout.on('data', onBytes);
  socat.stdin.on('error', () => {});
  return {
    path,
    write: (bytes) => void socat.stdin.write(bytes),
    freeze: () => void socat.kill('SIGSTOP'),
    close: async () => {
      await keeper.close();
      socat.kill('SIGKILL');
      await ended;
      await rm(path, { force: true });
    },
  };
}

async function appears(path: string, socat: ChildProcess): Promise<void> {
  const until = performance.now() + OPEN_TIMEOUT_MS;
  while (performance.now() < until && socat.exitCode === null && socat.pid !== undefined) {
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (there) return;
    await pause(OPEN_POLL_MS);
  }
  socat.kill('SIGKILL');
  throw new Error(`socat made no pty at ${path}`);
}
