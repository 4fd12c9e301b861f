import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ANSWER_MS = 5_000;

/** Of the unit of the package: whether it runs, how it ended, how often it was started anew. */
export const SERVICE_FACTS = ['ActiveState', 'SubState', 'Result', 'NRestarts'] as const;

/** `failed/failed, exit-code, restarts 12`; undefined = no systemd, or no such unit. */
export async function serviceState(systemctl = 'systemctl'): Promise<string | undefined> {
  try {
    const { stdout } = await run(
      systemctl,
      ['show', 'prakat', '-p', ['LoadState', ...SERVICE_FACTS].join(',')],
      {
        timeout: ANSWER_MS,
      },
    );
    const facts = new Map(
      stdout.split('\n').flatMap((line) => {
        const [name, value] = line.split('=');
        return name && value ? [[name, value]] : [];
      }),
    );
    if (facts.get('LoadState') !== 'loaded') return undefined;
    const [active, sub, result, restarts] = SERVICE_FACTS.map((name) => facts.get(name) ?? '-');
    return `${active}/${sub}, ${result}, restarts ${restarts}`;
  } catch {
    return undefined;
  }
}
