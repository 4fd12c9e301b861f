import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from './setting.ts';

/** A server as systemd runs it: a process of its own, of a file of configuration. */
export class ServerProcess {
  readonly http: number;
  readonly #child: ChildProcess;
  log = '';

  /** `http`: the port that the file names. */
  constructor(file: string, http: number) {
    this.http = http;
    this.#child = spawn(process.execPath, ['dist/server.mjs', '--config', file], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.log += chunk.toString();
      });
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Killed, also where it was stopped. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGCONT');
    this.#child.kill('SIGKILL');
    await gone;
  }

  /** The first one of `admin`. `saidBy`: the last server that was started on this database. */
  async choosePassword(password: string, saidBy: ServerProcess = this): Promise<void> {
    const code = await saidBy.oneTimeCode();
    const response = await fetch(`http://127.0.0.1:${this.http}/first-login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'admin', code, password }),
    });
    if (response.status !== 204) throw new Error(`first log-on: ${response.status} ${await response.text()}`);
  }

  /** Its doors may be open before what it wrote has come through the pipe. */
  oneTimeCode(): Promise<string> {
    return until(() => {
      const code = /one-time code (\S+)/.exec(this.log)?.[1];
      if (code === undefined) throw new Error('no one-time code was said yet');
      return code;
    });
  }

  /** What it answers `admin` at its own door. */
  async answer(password: string, what: string, request: object): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${this.http}/api/request/${what}`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(request),
    });
    return response.json();
  }
}
