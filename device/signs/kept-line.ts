import { DeviceError, isDeviceError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import type { ByteLine } from '../sign-ports.ts';
import { type SignTiming, WRITE_BYTES } from './sign-timing.ts';

export interface KeptLineParts {
  line: ByteLine;
  clock: Clock;
  log: Log;
  timing: SignTiming;
  /** Called at each opening: who takes the bytes of that time. */
  reader: () => (bytes: Uint8Array) => void;
  /** The line is gone; those who watch are told after this. */
  onLost: (why: DeviceError) => void;
}

/** A line that is kept open: opened, told of when it is gone, opened again, more and more seldom. */
export class KeptLine {
  readonly #parts: KeptLineParts;
  readonly #watchers = new Set<() => void>();
  #isOpen = false;
  #running = false;
  #why: DeviceError | undefined = new DeviceError('panel-gone', { reason: 'not tried yet' });
  #retryMs: number;
  #cancelRetry: () => void = () => {};

  constructor(parts: KeptLineParts) {
    this.#parts = parts;
    this.#retryMs = parts.timing.retryFirstMs;
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

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Undefined = nothing is known against it. */
  get why(): DeviceError | undefined {
    return this.#why;
  }

  /** What is known against whoever is at its far end; the line may be open all the same. */
  setWhy(why: DeviceError | undefined): void {
    const isNews = why?.code !== this.#why?.code;
    this.#why = why;
    if (isNews) for (const call of [...this.#watchers]) call();
  }

  /** Calls whenever `why` changes; returns the way to end that. */
  onChange(call: () => void): () => void {
    this.#watchers.add(call);
    return () => this.#watchers.delete(call);
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

  async #open(): Promise<void> {
    const { line, reader, timing, log } = this.#parts;
    try {
      await line.open({ onBytes: reader(), onClosed: (reason) => void this.#lost(reason) });
    } catch (cause) {
      this.#lost(isDeviceError(cause) ? cause.code : String(cause), cause);
      return;
    }
    if (!this.#running) return void line.close();
    this.#isOpen = true;
    this.#retryMs = timing.retryFirstMs;
    log.info({}, 'the line to the sign is open');
    this.setWhy(undefined);
  }

  /** Tries again later; returns what to tell whoever wanted to send. */
  #lost(reason: string, cause?: unknown): DeviceError {
    const { log, clock, timing, onLost } = this.#parts;
    const why = new DeviceError('panel-gone', { reason }, cause);
    this.#isOpen = false;
    onLost(why);
    if (this.#running && this.#why?.code !== why.code)
      log.warn({ code: why.code, reason }, 'no line to the sign');
    this.setWhy(why);
    this.#cancelRetry();
    if (this.#running) {
      this.#cancelRetry = clock.after(this.#retryMs, () => void this.#reopen());
      this.#retryMs = Math.min(this.#retryMs * 2, timing.retryMostMs);
    }
    return why;
  }

  /** Closes what is left of the line first. */
  async #reopen(): Promise<void> {
    await this.#parts.line.close();
    if (this.#running && !this.#isOpen) await this.#open();
  }
}
