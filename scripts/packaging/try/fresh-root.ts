import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The release of Raspberry Pi OS that halls run, and its Node. */
const SUITE = 'trixie';
const MIRROR = 'http://deb.debian.org/debian';
const PACKAGES = 'nodejs,adduser,alsa-utils,ca-certificates,procps,systemd-sysv,dbus';

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** A Debian in a folder. No systemd runs in it: the service is started by its command. */
export class FreshRoot {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes the pristine one once and copies it: debootstrap takes a minute, a copy seconds. */
  static async make(cache: string, name: string): Promise<FreshRoot> {
    const pristine = join(cache, SUITE);
    if (!existsSync(join(pristine, 'usr/bin/node')) || !existsSync(join(pristine, 'usr/sbin/init'))) {
      await rm(pristine, { recursive: true, force: true });
      await mkdir(cache, { recursive: true });
      const args = ['--variant=minbase', `--include=${PACKAGES}`, SUITE, pristine, MIRROR];
      const { status } = spawnSync('debootstrap', args, { stdio: ['ignore', 2, 2] });
      if (status !== 0) throw new Error(`debootstrap ended with ${status}`);
    }
    const folder = join(cache, name);
    await rm(folder, { recursive: true, force: true });
    // Device nodes and links as they are.
    const copied = spawnSync('cp', ['-a', pristine, folder], { stdio: ['ignore', 2, 2] });
    if (copied.status !== 0) throw new Error(`cp ended with ${copied.status}`);
    return new FreshRoot(folder);
  }

  async bring(path: string, to: string): Promise<void> {
    await mkdir(join(this.folder, to, '..'), { recursive: true });
    await cp(path, join(this.folder, to), { recursive: true });
  }

  path(inside: string): string {
    return join(this.folder, inside);
  }

  /** Runs a command as root inside; what it says is for the report of a failure. */
  run(...command: string[]): Ended {
    const { status, stdout, stderr } = spawnSync('chroot', [this.folder, ...command], {
      encoding: 'utf8',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' },
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** The command of the unit, as the unit's user, started again whenever it ends, as `Restart=always` does. */
  service(env: Record<string, string>): Service {
    return new Service(this.folder, env);
  }
}

const RESTART_MS = 500;

/** systemd's part, in the little that matters here. */
export class Service {
  readonly #folder: string;
  readonly #env: Record<string, string>;
  #child: ChildProcess | undefined;
  #stopped = false;
  starts = 0;
  said = '';

  constructor(folder: string, env: Record<string, string>) {
    this.#folder = folder;
    this.#env = env;
    this.#start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }

  #start(): void {
    this.starts += 1;
    const command = ['/usr/lib/prakat/launch', '/etc/prakat/hall.json'];
    const asPrakat = ['--userspec=prakat:prakat', this.#folder, ...command];
    this.#child = spawn('chroot', asPrakat, {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', HOME: '/var/lib/prakat', ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.said = (this.said + text).slice(-200_000);
      });
    this.#child.once('exit', () => {
      if (!this.#stopped) setTimeout(() => !this.#stopped && this.#start(), RESTART_MS);
    });
  }
}
