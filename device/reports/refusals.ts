import type { Refusal, ReportEvent, Via } from '../../firmware-protocol/content/report.ts';
import type { Clock, Journal, Log } from '../ports.ts';

/** A flood of refusals may fill neither the disk nor the province's report (F31). */
export const REFUSAL_LIMITS = {
  /** How many refusals of one reason get a line of their own in one window. */
  own_lines: 5,
  /** After those, equal refusals are counted and make one line when the window ends. */
  window_ms: 60_000,
} as const;

export interface RefusalParts {
  journal: Journal;
  clock: Pick<Clock, 'after'>;
  log: Log;
}

interface Window {
  lines: number;
  /** Counted but not yet reported; what and detail are those of the last one. */
  held: Extract<ReportEvent, { type: 'refused' }> | undefined;
  /** Takes the end of the window back. */
  cancel: () => void;
}

/** Says no, once or counted. */
export class Refusals {
  readonly #parts: RefusalParts;
  readonly #windows = new Map<Refusal, Window>();

  constructor(parts: RefusalParts) {
    this.#parts = parts;
  }

  /** `what` is the order's id, `programme/<area>` or `keys`. Resolves when it is durable or counted; never rejects. */
  async refuse(what: string | undefined, reason: Refusal, detail?: string, via?: Via): Promise<void> {
    const window = this.#windows.get(reason) ?? this.#open(reason);
    const event: Window['held'] = {
      type: 'refused',
      reason,
      count: 1,
      ...(what === undefined ? {} : { what: what.slice(0, 96) }),
      ...(detail === undefined ? {} : { detail: detail.slice(0, 400) }),
      ...(via === undefined ? {} : { via }),
    };
    if (window.lines >= REFUSAL_LIMITS.own_lines) {
      window.held = { ...event, count: (window.held?.count ?? 0) + 1 };
      return;
    }
    window.lines += 1;
    await this.#report(event);
  }

  /** Reports what is only counted and lets go of the timers; call before shutdown. */
  async flush(): Promise<void> {
    const windows = [...this.#windows.values()];
    this.#windows.clear();
    for (const { cancel, held } of windows) {
      cancel();
      if (held !== undefined) await this.#report(held);
    }
  }

  #open(reason: Refusal, lines = 0): Window {
    const cancel = this.#parts.clock.after(REFUSAL_LIMITS.window_ms, () => void this.#close(reason));
    const window: Window = { lines, held: undefined, cancel };
    this.#windows.set(reason, window);
    return window;
  }

  /** The window ends. While refusals keep coming the next one begins used up, so that a flood is one line a minute. */
  async #close(reason: Refusal): Promise<void> {
    const held = this.#windows.get(reason)?.held;
    this.#windows.delete(reason);
    if (held === undefined) return;
    this.#open(reason, REFUSAL_LIMITS.own_lines);
    await this.#report(held);
  }

  async #report(event: ReportEvent): Promise<void> {
    this.#parts.log.warn({ ...event }, 'refused');
    try {
      await this.#parts.journal.record([event]);
    } catch (error) {
      // A refusal that cannot be stored must not stop the next order; the log has it.
      this.#parts.log.error({ error }, 'a refusal could not be recorded');
    }
  }
}
