import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const PASSWORD = 'น้ำขึ้นให้รีบตัก';
const START_MS = 20_000;

const Up = z.object({
  http: z.string(),
  broker: z.string(),
  first_login: z.object({ user: z.string(), code: z.string() }).optional(),
});

/** A server of a province in a process of its own, and its administrator at the command line. */
export class Province {
  readonly folder: string;
  readonly http: string;
  readonly #config: string;
  #child: ChildProcess | undefined;

  constructor(folder: string, ports: { mqtt: number; http: number }) {
    mkdirSync(folder, { recursive: true });
    this.folder = folder;
    this.http = `http://127.0.0.1:${ports.http}`;
    this.#config = join(folder, 'server.json');
    const broker = { kind: 'embedded', port: ports.mqtt };
    const approvals = { alone: ['th'], step_up: false };
    writeFileSync(
      this.#config,
      JSON.stringify({ data: 'data', broker, http: { port: ports.http }, approvals, log: 'warn' }),
    );
  }

  /** Resolves when it is up; the first time with the administrator logged on. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['dist/prakat.mjs', 'server', '--config', this.#config, '--json'], {
      stdio: ['ignore', 'pipe', 2],
    });
    this.#child = child;
    const up = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('the server did not come up')), START_MS);
      let text = '';
      child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (!text.trimEnd().endsWith('}')) return;
        clearTimeout(late);
        resolve(text);
      });
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    const { http, broker, first_login } = Up.parse(JSON.parse(up));
    if (first_login === undefined) return;
    const { user, code } = first_login;
    const login = ['login', '--user', user, '--code', code, '--server', http, '--broker', broker];
    this.ask(z.unknown(), login, `${PASSWORD}\n`);
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }

  /** One verb of the command line; its document, read by a schema. Throws with what it said where it failed. */
  ask<T>(schema: z.ZodType<T>, verb: string[], input = ''): T {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/prakat.mjs', ...verb, '--json'], {
      encoding: 'utf8',
      input,
      env: { ...process.env, PRAKAT_PROFILE: join(this.folder, 'operator.json'), LANG: 'C.UTF-8' },
    });
    if (status !== 0) throw new Error(`prakat ${verb.join(' ')} ended with ${status}: ${stderr}${stdout}`);
    return schema.parse(JSON.parse(stdout || '{}'));
  }

  /** A verb on the files of the server. */
  here(verb: string[]): void {
    this.ask(z.unknown(), [...verb, '--config', this.#config]);
  }
}
