import type { BoardFrame, FrameBody, HostFrame, Message } from '../../firmware-protocol/serial/catalogue.ts';

/** Frames outside the window are the session's own. */
type Sequenced = Exclude<HostFrame, 'hello' | 'ping' | 'probe'>;

/** What may be asked of a board inside a session. */
export type BoardRequest = { [N in Sequenced]: { name: N; body: FrameBody<N> } }[Sequenced];

export type BoardAnswer = Extract<Message, { name: BoardFrame }>;

/** Requests that belong together; each is made when the window has room for it, so that it can fit the line of now. */
export class BoardJob {
  readonly urgent: boolean;
  /** The answers in order, once every request is done; rejects with DeviceError. */
  readonly finished: Promise<BoardAnswer[]>;
  readonly #requests: Iterator<BoardRequest>;
  readonly #answers: BoardAnswer[] = [];
  #resolve: (answers: BoardAnswer[]) => void = () => {};
  #reject: (error: unknown) => void = () => {};
  #open = 0;
  #state: 'running' | 'drained' | 'over' = 'running';

  constructor(requests: Iterable<BoardRequest>, urgent: boolean) {
    this.#requests = requests[Symbol.iterator]();
    this.urgent = urgent;
    this.finished = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get over(): boolean {
    return this.#state === 'over';
  }

  /** The next request, or undefined when all are made. A generator that throws fails its job and no other. */
  next(): BoardRequest | undefined {
    if (this.#state !== 'running') return undefined;
    try {
      const { value, done } = this.#requests.next();
      if (!done) {
        this.#open++;
        return value;
      }
    } catch (error) {
      this.fail(error);
      return undefined;
    }
    this.#state = 'drained';
    this.#finishIfDone();
    return undefined;
  }

  done(answer?: BoardAnswer): void {
    if (answer !== undefined) this.#answers.push(answer);
    this.#open--;
    this.#finishIfDone();
  }

  fail(error: unknown): void {
    this.#state = 'over';
    this.#reject(error);
  }

  #finishIfDone(): void {
    if (this.#state !== 'drained' || this.#open > 0) return;
    this.#state = 'over';
    this.#resolve(this.#answers);
  }
}
