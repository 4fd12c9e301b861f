import { DeviceError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import type { ByteLine } from '../sign-ports.ts';
import { AnswerWait } from './answer-wait.ts';
import { KeptLine } from './kept-line.ts';
import { SIGN_TIMING, type SignTiming } from './sign-timing.ts';

export interface SignLinkParts<Answer> {
  line: ByteLine;
  clock: Clock;
  log: Log;
  /** Reads what the sign says; a new one for each time the line is open. Must not throw, whatever comes. */
  decoder: () => { push(bytes: Uint8Array): Answer[] };
  timing?: SignTiming;
}

/**
 * The link to one sign of another maker, for as long as the agent runs, over a line that is kept open. One piece of work at a
 * time; what is said to nobody who waits is dropped.
 */
export class SignLink<Answer> {
  readonly #clock: Clock;
  readonly #bytesPerSecond: () => number | undefined;
  readonly #timing: SignTiming;
  readonly #line: KeptLine;
  #turn: Promise<unknown> = Promise.resolve();
  #wait: { hear(answer: Answer): void } | undefined;
  /** Who waits for something, and is told when the line is gone. */
  readonly #leave = new Set<(why: DeviceError) => void>();

  constructor({ line, clock, log, decoder, timing = SIGN_TIMING }: SignLinkParts<Answer>) {
    this.#clock = clock;
    this.#timing = timing;
    this.#bytesPerSecond = () => line.bytesPerSecond;
    this.#line = new KeptLine({
      line,
      clock,
      log,
      timing,
      reader: () => {
        const reading = decoder();
        return (bytes) => {
          for (const answer of reading.push(bytes)) this.#wait?.hear(answer);
        };
      },
      onLost: (why) => {
        for (const leave of this.#leave) leave(why);
        this.#leave.clear();
      },
    });
  }

  start(): void {
    this.#line.start();
  }

  async stop(): Promise<void> {
    await this.#line.stop();
  }

  /** `panel-gone` = no line; `panel-silent` = asked in vain the last time; undefined = nothing is known against it. */
  whyNot(): DeviceError | undefined {
    return this.#line.why;
  }

  /** Whether bytes can be sent now, answered or not. */
  get isOpen(): boolean {
    return this.#line.isOpen;
  }

  /** Calls whenever `whyNot` changes; returns the way to end that. */
  onChange(call: () => void): () => void {
    return this.#line.onChange(call);
  }

  /** Runs after all work that was given before. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  /**
   * Sends and waits for an answer that is accepted; again when none came in time. Rejects `panel-gone`, `panel-silent`,
   * or with what `accept` throws.
   */
  async ask<T>(request: Uint8Array, accept: (answer: Answer) => T | undefined): Promise<T> {
    for (let tried = 0; tried < this.#timing.answerTries; tried++) {
      const heard = await this.askOnce(request, accept);
      if (heard !== undefined) return heard.value;
    }
    throw this.silent();
  }

  /** The same with one try: undefined = no answer came in time. */
  async askOnce<T>(
    request: Uint8Array,
    accept: (answer: Answer) => T | undefined,
  ): Promise<{ value: T } | undefined> {
    const wait = new AnswerWait(accept);
    const leave = (why: DeviceError) => wait.leave(why);
    this.#wait = wait;
    this.#leave.add(leave);
    try {
      await this.sendThrough(request);
      wait.giveUpIn(this.#clock, this.#timing.answerMs);
      const heard = await wait.heard;
      if (heard !== undefined) this.#line.setWhy(undefined);
      return heard;
    } finally {
      this.#wait = undefined;
      this.#leave.delete(leave);
    }
  }

  /** Notes that the sign was asked in vain; returns what to throw. */
  silent(): DeviceError {
    const { answerMs, answerTries } = this.#timing;
    const silent = new DeviceError('panel-silent', { answerMs, answerTries });
    if (this.isOpen) this.#line.setWhy(silent);
    return silent;
  }

  /** How long so many bytes are on their way, where the line has a rate of its own. */
  transitMs(bytes: number): number {
    const bytesPerSecond = this.#bytesPerSecond();
    return bytesPerSecond === undefined ? 0 : (bytes / bytesPerSecond) * 1_000;
  }

  /**
   * Sends, and resolves when a line with a rate of its own has carried all of it: its port took it long before. Rejects
   * `panel-gone`.
   */
  async sendThrough(bytes: Uint8Array): Promise<void> {
    const startedAt = this.#clock.monotonic();
    await this.#line.send(bytes);
    const left = this.transitMs(bytes.length) - (this.#clock.monotonic() - startedAt);
    if (left > 0) await this.pause(left);
  }

  /** Rejects `panel-gone` as soon as the line is gone. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (why: DeviceError) => {
        forget();
        reject(why);
      };
      const forget = this.#clock.after(ms, () => {
        this.#leave.delete(leave);
        resolve();
      });
      this.#leave.add(leave);
    });
  }
}
