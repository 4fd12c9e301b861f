import type { DeviceError } from '../errors.ts';
import type { Clock } from '../ports.ts';

/** One wait for an answer: ends with the first one that is accepted, with the deadline, or with the line. */
export class AnswerWait<Answer, T> {
  /** Undefined = none came in time. Rejects with what `accept` threw, or with why the line is gone. */
  readonly heard: Promise<{ value: T } | undefined>;
  readonly #accept: (answer: Answer) => T | undefined;
  #resolve: (heard: { value: T } | undefined) => void = () => {};
  #reject: (why: unknown) => void = () => {};
  #forgetDeadline: () => void = () => {};

  constructor(accept: (answer: Answer) => T | undefined) {
    this.#accept = accept;
    this.heard = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever asked may have failed at sending and look no more.
    this.heard.catch(() => {});
  }

  hear(answer: Answer): void {
    try {
      const value = this.#accept(answer);
      if (value === undefined) return;
      this.#resolve({ value });
    } catch (refusal) {
      this.#reject(refusal);
    }
    this.#forgetDeadline();
  }

  giveUpIn(clock: Pick<Clock, 'after'>, ms: number): void {
    this.#forgetDeadline = clock.after(ms, () => this.#resolve(undefined));
  }

  leave(why: DeviceError): void {
    this.#forgetDeadline();
    this.#reject(why);
  }
}
