import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Debian keeps the server's programs out of the path, a folder a version. */
function programs(): string | undefined {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return undefined;
  const versions = readdirSync(root).filter((name) => existsSync(join(root, name, 'bin', 'initdb')));
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest && join(root, newest, 'bin');
}

/** `describe.skipIf(!PostgresCluster.canRun)`: a machine without it tests the rest. */
const bin = programs();

/** PostgreSQL will not run as root: then it runs as the user that Debian's package made. */
const isRoot = process.getuid?.() === 0;
const asItsUser = (program: string, args: string[]): [string, string[]] =>
  isRoot
    ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', program, ...args]]
    : [program, args];

/** A PostgreSQL of its own in a temporary folder, without a network port. */
export class PostgresCluster {
  static readonly canRun = bin !== undefined;
  readonly folder: string;
  readonly #durable: boolean;
  #child: ChildProcess | undefined;
  #output = '';
  #made = 0;

  private constructor(durable: boolean, folder: string) {
    this.#durable = durable;
    this.folder = folder;
  }

  /** `durable`: with fsync, where the figure is what a full disk cache costs; a test's crashes are not the machine's. */
  static async found({ durable = false } = {}): Promise<PostgresCluster> {
    const cluster = new PostgresCluster(durable, await mkdtemp(join(tmpdir(), 'prakat-pg-')));
    await chmod(cluster.folder, 0o777);
    cluster.#run('initdb', [
      '-D',
      cluster.#data,
      '-U',
      'prakat',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      // A thousand files to the disk before the first test, whose cluster is gone after its last.
      ...(durable ? [] : ['--no-sync']),
    ]);
    await cluster.start();
    return cluster;
  }

  get #data(): string {
    return join(this.folder, 'data');
  }

  /** A fresh database, as `database.postgres` of a server names it. */
  database(): { host: string; database: string; user: string } {
    const database = `prakat_${++this.#made}`;
    this.#run('createdb', ['-h', this.folder, '-U', 'prakat', database]);
    return { host: this.folder, database, user: 'prakat' };
  }

  async start(): Promise<void> {
    const settings = [
      'listen_addresses=',
      `unix_socket_directories=${this.folder}`,
      'shared_buffers=64MB',
      `fsync=${this.#durable ? 'on' : 'off'}`,
    ];
    const args = ['-D', this.#data, ...settings.flatMap((setting) => ['-c', setting])];
    const child = spawn(...asItsUser(join(bin ?? '', 'postgres'), args), {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    this.#output = '';
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${this.#output}`)));
      child.stderr?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
        if (this.#output.includes('database system is ready to accept connections')) resolve();
      });
    });
  }

  /** SIGQUIT: every session is cut and nothing is written out, as in a crash. */
  async crash(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGQUIT');
    await gone;
  }

  async close(): Promise<void> {
    await this.crash();
    await rm(this.folder, { recursive: true, force: true });
  }

  #run(program: string, args: string[]): void {
    execFileSync(...asItsUser(join(bin ?? '', program), args), { stdio: ['ignore', 'ignore', 'pipe'] });
  }
}
