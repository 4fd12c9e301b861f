import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

const HEAD_BYTES = 5;

/** A message of the C board's host program: a letter and bytes (firmware-protocol/serial/c/host/host_pipes.c). */
export interface PipeMessage {
  letter: string;
  bytes: Uint8Array;
}

/** The host program of the C board over its pipes. */
export class CBoardPipe {
  onMessage: (message: PipeMessage) => void = () => {};
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  #held = Buffer.alloc(0);

  constructor(program: string, words: string[]) {
    this.#child = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.ended = new Promise((resolve) => this.#child.once('close', (code) => resolve(code)));
    this.#child.stdin.on('error', () => {});
    this.#child.stdout.on('data', (chunk: Buffer) => this.#hear(chunk));
  }

  send(letter: string, bytes: Uint8Array = new Uint8Array()): void {
    const head = Buffer.alloc(HEAD_BYTES);
    head.write(letter, 'latin1');
    head.writeUInt32BE(bytes.length, 1);
    this.#child.stdin.write(Buffer.concat([head, bytes]));
  }

  async close(): Promise<number | null> {
    this.#child.stdin.end();
    return await this.ended;
  }

  #hear(chunk: Buffer): void {
    this.#held = Buffer.concat([this.#held, chunk]);
    let at = 0;
    while (this.#held.length - at >= HEAD_BYTES) {
      const end = at + HEAD_BYTES + this.#held.readUInt32BE(at + 1);
      if (this.#held.length < end) break;
      const letter = String.fromCharCode(this.#held[at] ?? 0);
      this.onMessage({ letter, bytes: Uint8Array.from(this.#held.subarray(at + HEAD_BYTES, end)) });
      at = end;
    }
    this.#held = this.#held.subarray(at);
  }
}
