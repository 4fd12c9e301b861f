import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Clock, TimeReading, TimeSource } from '../../ports.ts';

const run = promisify(execFile);
const ASK_MS = 5_000;
/** timedatectl says that the kernel's clock is disciplined, and not how well: timesyncd steps at 0.4 s. */
const TIMESYNCD_ERROR_MS = 500;
const SECOND_MS = 1_000;

/** What the system's time service says of the system's clock: chrony where it runs, else systemd's own. */
export function ntpSource(clock: Pick<Clock, 'wall' | 'monotonic'>): TimeSource {
  return {
    name: 'ntp',
    async ask() {
      const error_ms = (await chronyError()) ?? (await timesyncdError());
      if (error_ms === undefined) return undefined;
      return { wall: clock.wall(), monotonic: clock.monotonic(), error_ms } satisfies TimeReading;
    },
  };
}

/** `chronyc -c tracking`: one line of comma-separated fields; 13 are needed, the last is the leap status (chronyc(1)). */
async function chronyError(): Promise<number | undefined> {
  const fields = (await said('chronyc', ['-n', '-c', 'tracking']))?.trim().split(',') ?? [];
  const leap = fields[13];
  if (leap === undefined || leap === 'Not synchronised') return undefined;
  // System time, root delay, root dispersion: seconds.
  const [offset, delay, dispersion] = [fields[4], fields[10], fields[11]].map(Number);
  const error = Math.abs(offset ?? 0) + (delay ?? 0) / 2 + (dispersion ?? 0);
  return Number.isFinite(error) ? error * SECOND_MS : undefined;
}

async function timesyncdError(): Promise<number | undefined> {
  const shown = await said('timedatectl', ['show', '--property=NTPSynchronized', '--value']);
  return shown?.trim() === 'yes' ? TIMESYNCD_ERROR_MS : undefined;
}

/** Undefined = it is not there, failed, or did not answer. */
function said(program: string, args: string[]): Promise<string | undefined> {
  return run(program, args, { timeout: ASK_MS }).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
}
