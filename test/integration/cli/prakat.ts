import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'esbuild';
import { saveProfile } from '../../../scripts/operator/profile.ts';
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

/** The command line in a process of its own, bundled as scripts/build does, under a name of the test file's own. */
export class Prakat {
  readonly #program: string;
  profile: string | undefined;

  private constructor(program: string) {
    this.#program = program;
  }

  static async bundled(name: string): Promise<Prakat> {
    const outdir = `dist/test/${name}`;
    await build({
      entryPoints: { prakat: 'scripts/prakat.ts' },
      outdir,
      outExtension: { '.js': '.mjs' },
      ...{
        bundle: true,
        splitting: true,
        platform: 'node',
        target: 'node20',
        format: 'esm',
        logLevel: 'error',
      },
      external: [
        'libsql',
        'sharp',
        'serialport',
        '@node-rs/argon2',
        '@ffmpeg-installer/ffmpeg',
        'fluent-ffmpeg',
        'thai-address-universal',
        '@expo-google-fonts/noto-sans-thai',
        '@expo-google-fonts/noto-sans-thai-looped',
      ],
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
    });
    return new Prakat(join(process.cwd(), outdir, 'prakat.mjs'));
  }

  /** From now on it runs as the administrator of this town. */
  async logOn(town: Town): Promise<void> {
    const { httpUrl: server, brokerUrl: broker } = town.server;
    this.profile = join(town.folder, 'operator.json');
    await saveProfile({ server, broker, user: 'admin', password: ADMIN_PASSWORD }, this.profile);
  }

  start(args: string[], { stdin = '', env = {}, cwd }: Surroundings = {}): Started {
    const child = spawn(process.execPath, [this.#program, ...args], {
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
