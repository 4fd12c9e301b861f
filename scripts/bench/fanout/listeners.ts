import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { bundlePath } from '../../virtual-village/hall.ts';

export interface Audience {
  url: string;
  password: string;
  topic: string;
  count: number;
}

/** Few, so that what they take from the processor is the same for both sides. */
const PROCESSES = 2;

/** Thousands of connections that listen to one topic, in processes of their own. */
export class Listeners {
  readonly #children: ChildProcessByStdio<Writable, Readable, null>[] = [];
  readonly #lines: AsyncIterator<string>[] = [];

  static async connect({ url, password, topic, count }: Audience): Promise<Listeners> {
    const listeners = new Listeners();
    const each = Math.ceil(count / PROCESSES);
    for (let first = 0; first < count; first += each) {
      const args = [url, password, topic, String(first), String(Math.min(each, count - first))];
      const child = spawn(process.execPath, [bundlePath('listeners-child'), ...args], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      listeners.#children.push(child);
      listeners.#lines.push(linesOf(createInterface({ input: child.stdout })));
    }
    await listeners.#all();
    return listeners;
  }

  /**
   * From `send` until every one has had a message with `mark` in it, ms. The clock is read right before the call.
   * `mark` may be told by `send`, when only the server knows it: then all messages count.
   */
  async timed(mark: string, send: () => Promise<unknown>): Promise<number> {
    for (const { stdin } of this.#children) stdin.write(`${mark}\n`);
    await this.#all();
    const sentAt = performance.timeOrigin + performance.now();
    const [, last] = await Promise.all([send(), this.#all()]);
    return Math.max(...last.map(Number)) - sentAt;
  }

  /** Until all are back after the broker died, epoch ms. */
  async back(): Promise<number> {
    return Math.max(...(await this.#all()).map(Number));
  }

  close(): void {
    for (const child of this.#children) child.kill('SIGKILL');
  }

  #all(): Promise<string[]> {
    return Promise.all(
      this.#lines.map(async (lines) => {
        const { value, done } = await lines.next();
        if (done) throw new Error('listeners have ended');
        return value;
      }),
    );
  }
}

function linesOf(lines: Interface): AsyncIterator<string> {
  return lines[Symbol.asyncIterator]();
}
