import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { ClockTrust, ReportEvent } from '../../firmware-protocol/content/report.ts';
import type { Change, Clock, Journal, Store } from '../ports.ts';

export interface JournalParts {
  store: Pick<Store, 'commit'>;
  clock: Pick<Clock, 'wall'>;
  trust: () => ClockTrust;
  boot: number;
  /** After each durable record: wakes the outbox. */
  recorded: (events: ReportEvent[]) => void;
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
      reports: events.map((event) => ({ at, trust: trust(), boot, event: bounded(event) })),
    });
    if (events.length > 0) recorded(events);
  }
}

const DETAIL_CHARS = 400;

/** Half a surrogate pair: cut off, or sent by someone who knows that it has no canonical JSON (RFC 8785, 3.2.2.2). */
const HALF_PAIR = /\p{Cs}/gu;

/**
 * Details are free words, some of other programs and of strangers: one too long for the wire would hold up all reports
 * behind it, one without a canonical form could not be recorded at all.
 */
function bounded(event: ReportEvent): ReportEvent {
  if (!('detail' in event) || event.detail === undefined) return event;
  return { ...event, detail: event.detail.slice(0, DETAIL_CHARS).replace(HALF_PAIR, '\ufffd') };
}
