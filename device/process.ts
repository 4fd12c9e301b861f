import { loadConfig } from './config.ts';
import { DeviceError } from './errors.ts';
import { watched } from './main/watched.ts';
import { type RunningDevice, startDevice } from './main.ts';

export interface ProcessOptions {
  configPath: string;
  /** In place of what the configuration says. */
  code?: string;
  server?: string;
}

/** A clean stop takes no longer; then the supervisor would kill us anyway. */
const STOP_DEADLINE_MS = 10_000;
/** Of what a stopped hall leaves open, a painter in its first second say; nobody waits for it any more. */
const LINGER_MS = 200;

/**
 * Runs one hall until SIGTERM or SIGINT; resolves to the exit code. An error that nobody handled ends the process with
 * code 1: a supervisor starts it anew, and what was on air is reported interrupted (F40).
 */
export async function runDevice({ configPath, code, server }: ProcessOptions): Promise<number> {
  const config = await loadConfig(configPath);
  // Before the start: who is told to end meanwhile still ends in good order.
  const asked = untilAsked();
  const running = await startDevice({ ...config, ...(code && { code }), ...(server && { server }) });
  const watchdog = watched(running);
  const why = await Promise.race([asked, untilBroken(running)]);
  watchdog.stop();
  if (why === 'broken') process.exit(1);
  await running.stop();
  // Otherwise the supervisor would wait for the deadline, and call a clean stop a failure.
  setTimeout(() => process.exit(), LINGER_MS).unref();
  return 0;
}

/** From then on the process ends, by itself or by its deadline. */
function untilAsked(): Promise<'asked'> {
  return new Promise((resolve) => {
    const asked = () => {
      setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
      resolve('asked');
    };
    process.once('SIGTERM', asked);
    process.once('SIGINT', asked);
  });
}

function untilBroken({ log }: RunningDevice): Promise<'broken'> {
  return new Promise((resolve) => {
    const broken = (error: unknown) => {
      log.error({ error }, 'an error that nobody handled: the process ends');
      resolve('broken');
    };
    process.once('uncaughtException', broken);
    process.once('unhandledRejection', broken);
  });
}

/** One line for a person: what is wrong, and where. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof DeviceError)) return error instanceof Error ? error.message : String(error);
  return `${error.message} ${JSON.stringify(error.context)}`;
}
