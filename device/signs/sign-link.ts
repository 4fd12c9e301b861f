import { DeviceError, isDeviceError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import type { ByteLine } from '../sign-ports.ts';
import { AnswerWait } from './answer-wait.ts';
import { SIGN_TIMING, type SignTiming, WRITE_BYTES } from './sign-timing.ts';

export interface SignLinkParts<Answer> {
  line: ByteLine;
  clock: Clock;
  log: Log;
  /** Reads what the sign says; a new one for each time the line is open. Must not throw, whatever comes. */
  decoder: () => { push(bytes: Uint8Array): Answer[] };
  timing?: SignTiming;
}

/**
 * The line to one sign of another maker, for as long as the agent runs: opens it, tells when it is gone, opens it again.
 * One piece of work at a time; what is said to nobody who waits is dropped.
 */
export class SignLink<Answer> {
  readonly #parts: SignLinkParts<Answer>;
  readonly #timing: SignTiming;
  readonly #watchers = new Set<() => void>();
  #turn: Promise<unknown> = Promise.resolve();
  #wait: { hear(answer: Answer): void } | undefined;
  /** Who waits for something, and is told when the line is gone. */
  readonly #leave = new Set<(why: DeviceError) => void>();
  #isOpen = false;
  #running = false;
  #why: DeviceError | undefined = new DeviceError('panel-gone', { reason: 'not tried yet' });
  #retryMs: number;
  #cancelRetry: () => void = () => {};

  constructor(parts: SignLinkParts<Answer>) {
    this.#parts = parts;
    this.#timing = parts.timing ?? SIGN_TIMING;
    this.#retryMs = this.#timing.retryFirstMs;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#open();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelRetry();
    this.#lost('the agent stops');
    await this.#parts.line.close();
  }

  /** `panel-gone` = no line; `panel-silent` = asked in vain the last time; undefined = nothing is known against it. */
  whyNot(): DeviceError | undefined {
    return this.#why;
  }

  /** Whether bytes can be sent now, answered or not. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Calls whenever `whyNot` changes; returns the way to end that. */
  onChange(call: () => void): () => void {
    this.#watchers.add(call);
    return () => this.#watchers.delete(call);
  }

  /** Runs after all work that was given before. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  /** Resolves when the bytes have left for the line. Rejects `panel-gone`. */
  async send(bytes: Uint8Array): Promise<void> {
    if (!this.#isOpen) throw this.#why ?? new DeviceError('panel-gone', { reason: 'the line is closed' });
    try {
      for (let at = 0; at < bytes.length; at += WRITE_BYTES)
        await this.#parts.line.write(bytes.subarray(at, at + WRITE_BYTES));
    } catch (cause) {
      throw this.#lost(isDeviceError(cause) ? cause.code : String(cause), cause);
    }
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
      wait.giveUpIn(this.#parts.clock, this.#timing.answerMs);
      const heard = await wait.heard;
      if (heard !== undefined) this.#setWhy(undefined);
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
    if (this.#isOpen) this.#setWhy(silent);
    return silent;
  }

  /** How long so many bytes are on their way, where the line has a rate of its own. */
  transitMs(bytes: number): number {
    const { bytesPerSecond } = this.#parts.line;
    return bytesPerSecond === undefined ? 0 : (bytes / bytesPerSecond) * 1_000;
  }

  /** Sends, and resolves when a line with a rate of its own has carried all of it: its port took it long before. */
  async sendThrough(bytes: Uint8Array): Promise<void> {
    const { clock } = this.#parts;
    const startedAt = clock.monotonic();
    await this.send(bytes);
    const left = this.transitMs(bytes.length) - (clock.monotonic() - startedAt);
    if (left > 0) await this.pause(left);
  }

  /** Rejects `panel-gone` as soon as the line is gone. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (why: DeviceError) => {
        forget();
        reject(why);
      };
      const forget = this.#parts.clock.after(ms, () => {
        this.#leave.delete(leave);
        resolve();
      });
      this.#leave.add(leave);
    });
  }

  async #open(): Promise<void> {
    const { line, decoder } = this.#parts;
    const reader = decoder();
    try {
      await line.open({
        onBytes: (bytes) => {
          for (const answer of reader.push(bytes)) this.#wait?.hear(answer);
        },
        onClosed: (reason) => void this.#lost(reason),
      });
    } catch (cause) {
      this.#lost(isDeviceError(cause) ? cause.code : String(cause), cause);
      return;
    }
    if (!this.#running) return void line.close();
    this.#isOpen = true;
    this.#retryMs = this.#timing.retryFirstMs;
    this.#parts.log.info({}, 'the line to the sign is open');
    this.#setWhy(undefined);
  }

  /** Closes what is left of the line and tries again later; returns what to tell whoever waits. */
  #lost(reason: string, cause?: unknown): DeviceError {
    const why = new DeviceError('panel-gone', { reason }, cause);
    this.#isOpen = false;
    for (const leave of this.#leave) leave(why);
    this.#leave.clear();
    if (this.#running && this.#why?.code !== why.code)
      this.#parts.log.warn({ code: why.code, reason }, 'no line to the sign');
    this.#setWhy(why);
    this.#cancelRetry();
    if (this.#running) {
      this.#cancelRetry = this.#parts.clock.after(this.#retryMs, () => void this.#reopen());
      this.#retryMs = Math.min(this.#retryMs * 2, this.#timing.retryMostMs);
    }
    return why;
  }

  async #reopen(): Promise<void> {
    await this.#parts.line.close();
    if (this.#running && !this.#isOpen) await this.#open();
  }

  #setWhy(why: DeviceError | undefined): void {
    const isNews = why?.code !== this.#why?.code;
    this.#why = why;
    if (isNews) for (const call of [...this.#watchers]) call();
  }
}
