import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A real Mosquitto on the files that the server wrote; it can die and come back. */
export class Mosquitto {
  readonly #conf: string;
  #child: ChildProcess | undefined;

  private constructor(conf: string) {
    this.#conf = conf;
  }

  static async write(folder: string, include: string): Promise<Mosquitto> {
    const conf = join(folder, 'site.conf');
    // As root Mosquitto would step down to a user who may not read the temporary folder.
    await writeFile(conf, `user root\ninclude_dir ${include}\n`);
    return new Mosquitto(conf);
  }

  start(): void {
    this.#child = spawn('mosquitto', ['-c', this.#conf], { stdio: 'ignore' });
  }

  kill(): void {
    this.#child?.kill('SIGKILL');
  }
}
