import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { saveProfile } from '../../../scripts/operator/profile.ts';
import { bundles } from '../bundles.ts';
import { ADMIN_PASSWORD, type Town } from '../server/town.ts';

/** What a command did, as the shell that called it sees it. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export interface Started {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** What it wrote so far. */
  said: () => string;
}

interface Surroundings {
  stdin?: string;
  env?: Record<string, string>;
  cwd?: string;
}

/** The command line in a process of its own, as scripts/build makes it. */
export class Prakat {
  static readonly program = join(process.cwd(), 'dist/prakat.mjs');
  profile: string | undefined;

  private constructor() {}

  static async built(): Promise<Prakat> {
    await bundles();
    return new Prakat();
  }

  /** From now on it runs as the administrator of this town. */
  async logOn(town: Town): Promise<void> {
    const { httpUrl: server, brokerUrl: broker } = town.server;
    this.profile = join(town.folder, 'operator.json');
    await saveProfile({ server, broker, user: 'admin', password: ADMIN_PASSWORD }, this.profile);
  }

  start(args: string[], { stdin = '', env = {}, cwd }: Surroundings = {}): Started {
    const child = spawn(process.execPath, [Prakat.program, ...args], {
      cwd,
      env: {
        ...process.env,
        LANG: 'C.UTF-8',
        LC_ALL: '',
        PRAKAT_PROFILE: this.profile ?? '/nowhere',
        ...env,
      },
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.stdin.end(stdin);
    const ended = once(child, 'close').then(([code]: (number | null)[]) => ({
      code: code ?? null,
      out,
      err,
    }));
    return { child, ended, said: () => out + err };
  }

  run(args: string[], surroundings: Surroundings = {}): Promise<Ended> {
    return this.start(args, surroundings).ended;
  }
}
