import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { freePort, PASSWORDS } from './bench.ts';

/** Debian puts the broker where only root's PATH looks. */
const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`;
const env = { ...process.env, PATH };

export interface RunningMosquitto {
  port: number;
  passwords: Record<string, string>;
  stop(): Promise<void>;
}

/** A real Mosquitto on loopback that knows the devices of `PASSWORDS`. */
export async function startMosquitto(): Promise<RunningMosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'prakat-mosquitto-'));
  const [passwords, conf] = [join(folder, 'passwords'), join(folder, 'mosquitto.conf')];
  writeFileSync(passwords, '', { mode: 0o600 });
  for (const [device, password] of Object.entries(PASSWORDS))
    execFileSync('mosquitto_passwd', ['-b', passwords, device, password], { env, stdio: 'ignore' });
  const port = await freePort();
  // It would give up root for its own user, who may not read the folder of this test.
  const user = process.getuid?.() === 0 ? 'user root\n' : '';
  writeFileSync(
    conf,
    `${user}listener ${port} 127.0.0.1\npassword_file ${passwords}\nallow_anonymous false\n`,
  );
  const broker = spawn('mosquitto', ['-c', conf], { env, stdio: 'ignore' });
  const ended = new Promise((resolve) => broker.once('exit', resolve));
  await vi.waitFor(async () => expect(await listens(port)).toBe(true), { timeout: 10_000 });
  return {
    port,
    passwords: PASSWORDS,
    async stop() {
      broker.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
