import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PipeMessage {
  letter: string;
  bytes: Uint8Array;
}

const HEAD_BYTES = 5;
const READ_BYTES = 65_536;
const DONE = 'D';

/**
 * The host program of the C board, in step: a message in, and all that came of it out, before this returns (host_pipes.c).
 * Named pipes and not the child's own streams, because only those can be waited for without giving up the thread: the
 * board is then called as a function is, and a test with it is as sure as one without.
 */
export class CPipes {
  readonly #child: ChildProcess;
  readonly #to: number;
  readonly #from: number;
  #held = Buffer.alloc(0);

  constructor(program: string, words: readonly string[]) {
    const folder = mkdtempSync(join(tmpdir(), 'prakat-c-board-'));
    try {
      const [to, from] = [join(folder, 'to'), join(folder, 'from')];
      if (spawnSync('mkfifo', [to, from]).status !== 0) throw new Error(`no pipes in ${folder}`);
      // Opened both ways first: a pipe with one end alone would make the other wait.
      const [holdsTo, holdsFrom] = [openSync(to, 'r+'), openSync(from, 'r+')];
      const [childIn, childOut] = [openSync(to, 'r'), openSync(from, 'w')];
      this.#to = openSync(to, 'w');
      this.#from = openSync(from, 'r');
      this.#child = spawn(program, [...words, '--pipes'], { stdio: [childIn, childOut, 'inherit'] });
      // An end in each process only, so that each notices when the other is gone.
      for (const end of [holdsTo, holdsFrom, childIn, childOut]) closeSync(end);
    } finally {
      rmSync(folder, { recursive: true });
    }
    this.#child.once('error', () => {});
    this.#child.unref();
    if (this.#child.pid === undefined) throw new Error(`${program} does not start`);
  }

  /** Throws when the program has ended. */
  ask(letter: string, bytes: Uint8Array = new Uint8Array()): PipeMessage[] {
    const head = Buffer.alloc(HEAD_BYTES);
    head.write(letter, 'latin1');
    head.writeUInt32BE(bytes.length, 1);
    const message = Buffer.concat([head, bytes]);
    for (let at = 0; at < message.length; ) at += writeSync(this.#to, message, at);
    const answers: PipeMessage[] = [];
    for (let next = this.#next(); next.letter !== DONE; next = this.#next()) answers.push(next);
    return answers;
  }

  close(): void {
    closeSync(this.#to);
    closeSync(this.#from);
    this.#child.kill('SIGKILL');
  }

  #next(): PipeMessage {
    while (this.#held.length < HEAD_BYTES || this.#held.length < HEAD_BYTES + this.#held.readUInt32BE(1)) {
      const more = Buffer.alloc(READ_BYTES);
      const count = readSync(this.#from, more);
      if (count === 0) throw new Error('the C board has ended');
      this.#held = Buffer.concat([this.#held, more.subarray(0, count)]);
    }
    const end = HEAD_BYTES + this.#held.readUInt32BE(1);
    const letter = this.#held.toString('latin1', 0, 1);
    const bytes = Uint8Array.from(this.#held.subarray(HEAD_BYTES, end));
    this.#held = this.#held.subarray(end);
    return { letter, bytes };
  }
}
