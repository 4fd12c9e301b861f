import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** A free port of this machine: Mosquitto cannot choose one itself. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A real Mosquitto on the files that the server wrote. */
export class MosquittoProcess {
  readonly #folder: string;
  /** Lines of a site's own, which win over the server's. */
  readonly #own: string;
  #child: ChildProcess | undefined;
  output = '';

  constructor(folder: string, own = '') {
    this.#folder = folder;
    this.#own = own;
  }

  /** A site's own configuration, which includes the server's. */
  async start(): Promise<void> {
    const site = join(this.#folder, 'site');
    await mkdir(site, { recursive: true });
    // On a build machine that is root, Mosquitto would step down to a user who may not read the temporary folder.
    await writeFile(join(site, 'site.conf'), `user root\ninclude_dir ${this.#folder}\n${this.#own}`);
    const child = spawn('mosquitto', ['-c', join(site, 'site.conf')], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout?.on('data', (chunk: Buffer) => {
      this.output += chunk.toString();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.output += chunk.toString();
    });
    this.#child = child;
  }

  /** As a crash or the power: nothing is saved, nobody is told. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
}
