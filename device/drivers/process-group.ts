import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { pipedChild } from './sound/piped-child.ts';

/** A program that ignores SIGTERM for so long gets SIGKILL. */
const TERM_GRACE_MS = 100;
/** A program that even SIGKILL does not end (stuck in a driver of the kernel) is no longer waited for. */
const KILL_GRACE_MS = 300;
/** Of what a program says on stderr, the last this many characters are kept; it may flood. */
const STDERR_CHARS = 2_000;

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The program could not be started at all. */
  failure: Error | undefined;
}

/**
 * A program in a process group of its own, so that whatever it forks dies with it; and so that it dies by its closed
 * pipes when the agent is killed.
 */
export class ProcessGroup {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  #exit: Exit | undefined;
  #stderr = '';
  #stderrWatchers: ((said: string) => void)[] = [];
  readonly #listen: (said: string) => string;

  /** `listen` hears all that is said on stderr first; what it returns is what people are told. */
  constructor(program: string, args: string[], listen: (said: string) => string = (said) => said) {
    this.#listen = listen;
    // Programs speak C here: what they say is compared and logged.
    const env = { ...process.env, LC_ALL: 'C' };
    const child = pipedChild(program, args, { detached: true, env });
    this.#child = child;
    this.stdin = child.stdin;
    this.stdout = child.stdout;
    // Writing to a program that has gone is told by its exit, with the reason it gave.
    child.stdin.on('error', () => {});
    child.stderr.setEncoding('utf8').on('data', (said: string) => this.#hear(said));
    this.exited = new Promise((resolve) => {
      const settle = (exit: Exit) => {
        this.#exit ??= exit;
        resolve(this.#exit);
      };
      child.once('error', (failure) => settle({ code: null, signal: null, failure }));
      child.once('exit', (code, signal) => settle({ code, signal, failure: undefined }));
    });
  }

  get exit(): Exit | undefined {
    return this.#exit;
  }

  stderrTail(): string {
    return this.#stderr.trim();
  }

  /** Resolves when the program has said the text on stderr. */
  said(text: string): Promise<void> {
    return new Promise((resolve) => {
      const look = (words: string) => {
        if (words.includes(text)) resolve();
      };
      this.#stderrWatchers.push(look);
      look(this.#stderr);
    });
  }

  /** Ends the whole group. Resolves when the program is gone, or cannot be waited for any longer. Never rejects. */
  async kill(): Promise<void> {
    this.#signal('SIGTERM');
    if (this.#exit === undefined) await this.#exitedWithin(TERM_GRACE_MS);
    // Also after a prompt exit: what it forked may be of another mind.
    this.#signal('SIGKILL');
    await this.#exitedWithin(KILL_GRACE_MS);
    this.stdout.destroy();
    this.stdin.destroy();
    this.#child.stderr?.destroy();
  }

  #hear(said: string): void {
    // Looked at whole: a program that says much at once pushes its own first words out of what is kept.
    const words = this.#stderr + this.#listen(said);
    for (const look of this.#stderrWatchers) look(words);
    this.#stderr = words.slice(-STDERR_CHARS);
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // ESRCH: the whole group is gone, which is what was wanted.
    }
  }

  async #exitedWithin(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([this.exited, late]);
    clearTimeout(timer);
  }
}
