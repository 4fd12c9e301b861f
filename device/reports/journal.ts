import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { ClockTrust, ReportEvent } from '../../firmware-protocol/content/report.ts';
import type { Change, Clock, Journal, Store } from '../ports.ts';

export interface JournalParts {
  store: Store;
  clock: Pick<Clock, 'wall'>;
  trust: () => ClockTrust;
  boot: number;
  /** After each durable record: wakes the outbox. */
  recorded: () => void;
}

/** The agent's only way to write: what happened and what changed by it become durable together, or not at all. */
export class StampingJournal implements Journal {
  readonly #parts: JournalParts;

  constructor(parts: JournalParts) {
    this.#parts = parts;
  }

  /** Rejects as `Store.commit` does: `store-full`, `store-failed`; then neither the events nor the change exist. */
  async record(events: ReportEvent[], change: Omit<Change, 'reports'> = {}): Promise<void> {
    const { store, clock, trust, boot, recorded } = this.#parts;
    const at = instantOf(clock.wall());
    await store.commit({
      ...change,
      reports: events.map((event) => ({ at, trust: trust(), boot, event })),
    });
    if (events.length > 0) recorded();
  }
}
