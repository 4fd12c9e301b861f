import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Ended } from './fresh-root.ts';

const BOOT_MS = 60_000;
const LOOK_MS = 500;

/** A root in which systemd runs as in a box: what only it can show of the unit is seen here. Needs systemd-nspawn. */
export class BootedRoot {
  readonly #machine: ChildProcess;
  readonly #init: number;

  private constructor(machine: ChildProcess, init: number) {
    this.#machine = machine;
    this.#init = init;
  }

  /** Resolves when systemd says that it is up; its network is that of this machine. */
  static async boot(folder: string): Promise<BootedRoot> {
    const args = ['-q', '--register=no', '--keep-unit', '--directory', folder, '--boot'];
    const machine = spawn('systemd-nspawn', args, {
      stdio: 'ignore',
      env: { ...process.env, SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1' },
    });
    for (let waited = 0; waited < BOOT_MS; waited += LOOK_MS) {
      await new Promise((done) => setTimeout(done, LOOK_MS));
      const init = childOf(machine.pid ?? 0);
      if (init === undefined) continue;
      const root = new BootedRoot(machine, init);
      if (/running|degraded/.test(root.run('systemctl', 'is-system-running').out)) return root;
    }
    machine.kill('SIGKILL');
    throw new Error('systemd did not come up in the fresh root');
  }

  run(...command: string[]): Ended {
    const inside = ['--target', `${this.#init}`, '--all', '/usr/bin/env', ...command];
    const { status, stdout, stderr } = spawnSync('nsenter', inside, {
      encoding: 'utf8',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' },
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** A property of a service, as systemd shows it. */
  property(name: string, service = 'prakat.service'): string {
    return this.run('systemctl', 'show', '--property', name, '--value', service).out.trim();
  }

  async stop(): Promise<void> {
    if (this.#machine.exitCode !== null || this.#machine.signalCode !== null) return;
    const ended = new Promise((done) => this.#machine.once('exit', done));
    this.run('systemctl', '--no-block', 'poweroff');
    const late = setTimeout(() => this.#machine.kill('SIGKILL'), 30_000);
    await ended;
    clearTimeout(late);
  }
}

function childOf(pid: number): number | undefined {
  try {
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    return first ? Number(first) : undefined;
  } catch {
    return undefined;
  }
}
