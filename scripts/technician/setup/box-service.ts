import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SERVICE = 'prakat.service';
/** The user that the package makes. */
const OWNER = 'prakat';
const ASK_MS = 60_000;

/** Whether systemd runs this box; elsewhere the service is for others to start. */
export function hasSystemd(): boolean {
  return existsSync('/run/systemd/system');
}

/** Starts the agent now and at each boot. Rejects with what systemctl says. */
export async function startService(): Promise<void> {
  await run('systemctl', ['enable', '--quiet', SERVICE], { timeout: ASK_MS });
  await run('systemctl', ['restart', SERVICE], { timeout: ASK_MS });
}

/** Before its hardware is tried, and before an identity is replaced under it. Resolves with whether it ran. */
export async function stopService(): Promise<boolean> {
  const ask = (verb: string) =>
    run('systemctl', [verb, '--quiet', SERVICE], { timeout: ASK_MS }).then(
      () => true,
      () => false,
    );
  const ran = await ask('is-active');
  await ask('stop');
  return ran;
}

/** Uid and gid of the agent; undefined where the package is not installed. */
export function agentOwner(): { uid: number; gid: number } | undefined {
  const ask = (flag: string) => Number(spawnSync('id', [flag, OWNER], { encoding: 'utf8' }).stdout || 'NaN');
  const [uid, gid] = [ask('-u'), ask('-g')];
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : undefined;
}

/** Hands files that root made to the agent. Does nothing for who is not root. */
export async function handOver(
  paths: string[],
  owner: { uid: number; gid: number } | undefined,
): Promise<void> {
  if (owner === undefined || process.getuid?.() !== 0) return;
  for (const path of paths) await chown(path, owner.uid, owner.gid);
}
