import { spawn } from 'node:child_process';
import type { Log, Supervisor } from '../../ports.ts';

/** A word that was not delivered by then is of no use any more. */
const DELIVERY_MS = 10_000;

/**
 * systemd as the supervisor (sd_notify(3)): Node has no datagram sockets of the file system, so systemd's own `systemd-notify`
 * carries each word; the unit says `NotifyAccess=all`. Without `NOTIFY_SOCKET` nobody listens, and nothing is started.
 */
export function systemdSupervisor(env: NodeJS.ProcessEnv, log: Log): Supervisor {
  const everyMs = watchdogMs(env);
  if (!env.NOTIFY_SOCKET) return { everyMs: undefined, ready() {}, alive() {}, stopping() {}, says() {} };
  const tell = (...words: string[]) => {
    const failed = (error: unknown) => log.warn({ error }, 'systemd could not be told');
    try {
      const child = spawn('systemd-notify', words, { env, stdio: 'ignore', timeout: DELIVERY_MS });
      child.once('error', failed);
      child.unref();
    } catch (error) {
      // Without memory (ENOMEM) Node throws; the next word may get through.
      failed(error);
    }
  };
  return {
    everyMs,
    ready: () => tell(`--pid=${process.pid}`, '--ready'),
    alive: () => tell('WATCHDOG=1'),
    stopping: () => tell('STOPPING=1'),
    says: (line) => tell(`--status=${line}`),
  };
}

/** Half of what systemd waits, so that one word may be lost. */
function watchdogMs({ WATCHDOG_USEC, WATCHDOG_PID }: NodeJS.ProcessEnv): number | undefined {
  const usec = Number(WATCHDOG_USEC);
  if (!Number.isFinite(usec) || usec <= 0) return undefined;
  // Of a parent: it is not ours to answer.
  if (WATCHDOG_PID !== undefined && Number(WATCHDOG_PID) !== process.pid) return undefined;
  return usec / 2_000;
}
