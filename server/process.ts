import { type RunningServer, serve } from './app.ts';
import { configFrom, readConfig, type ServerConfig } from './config.ts';
import { isServerError } from './errors.ts';

/** The configuration of a file; without one, a server for trying out in the present folder. Rejects `config-invalid`. */
export function configAt(path: string | undefined): Promise<ServerConfig> {
  return path === undefined ? Promise.resolve(configFrom({}, process.cwd())) : readConfig(path);
}

/**
 * The server as a process: runs until SIGTERM or SIGINT, then stops in order. Resolves with the exit code; rejects with
 * ServerError when it cannot start.
 */
export async function runServer(
  config: ServerConfig,
  onUp: (server: RunningServer) => void,
): Promise<number> {
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  const server = await serve({ config });
  onUp(server);
  await asked;
  await server.stop();
  return 0;
}

/** The one-time code of the first administrator, in both languages; it is shown here and kept nowhere. */
export function firstLoginWords({ user, code }: { user: string; code: string }): { en: string; th: string } {
  return {
    en: `first log-on as "${user}" with the one-time code ${code}`,
    th: `เข้าสู่ระบบครั้งแรกด้วยชื่อ "${user}" และรหัสใช้ครั้งเดียว ${code}`,
  };
}

/** What went wrong, for the person who started it. */
export function wordsOf(error: unknown): string {
  if (!isServerError(error)) return String(error);
  const { en, th } = error.failure();
  return `${en} / ${th}`;
}
