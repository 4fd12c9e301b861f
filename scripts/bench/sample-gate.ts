import { execFileSync } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';

/** No sample for so long: the play is over and its player gone. */
const QUIET_MS = 400;

/** The near end of a sound device that is a pipe: tells when samples arrive. */
export class SampleGate {
  readonly path: string;
  readonly #pipe: Socket;
  #arrivedAt = 0;
  #waiting: ((at: number) => void) | undefined;

  private constructor(path: string, pipe: Socket) {
    this.path = path;
    this.#pipe = pipe;
    pipe.on('data', () => this.#arrive(performance.now()));
  }

  static async open(path: string): Promise<SampleGate> {
    execFileSync('mkfifo', [path]);
    // Read and write: it neither waits for the first writer nor ends with the last.
    const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    return new SampleGate(path, new Socket({ fd, readable: true, writable: false }));
  }

  /** Resolves with the instant (`performance.now()`) of the next arrival. */
  next(): Promise<number> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** Resolves when nothing has arrived for a while. */
  async quiet(): Promise<void> {
    for (;;) {
      const since = performance.now() - this.#arrivedAt;
      if (since >= QUIET_MS) return;
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS - since));
    }
  }

  close(): void {
    this.#pipe.destroy();
  }

  #arrive(at: number): void {
    this.#arrivedAt = at;
    this.#waiting?.(at);
    this.#waiting = undefined;
  }
}
