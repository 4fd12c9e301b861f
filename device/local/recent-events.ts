import { type Instant, instantOf } from '../../firmware-protocol/content/instant.ts';
import type { EndedEvent, PlayId, Report, ReportEvent } from '../../firmware-protocol/content/report.ts';
import type { Clock } from '../ports.ts';

/** Enough for the page and for a technician's result; reports that the server has are no longer in the store. */
export const RECENT_EVENTS = 100;

export interface RecentEvent {
  at: Instant;
  event: ReportEvent;
}

/** What was reported last, in memory: bounded, and never the proof. */
export class RecentEvents {
  readonly #clock: Pick<Clock, 'wall' | 'after'>;
  readonly #held: RecentEvent[] = [];
  readonly #watchers = new Set<(event: ReportEvent) => void>();

  constructor(clock: Pick<Clock, 'wall' | 'after'>) {
    this.#clock = clock;
  }

  /** What the last boot left in the store. */
  begin(reports: Pick<Report, 'at' | 'event'>[]): void {
    this.#held.unshift(...reports.map(({ at, event }) => ({ at, event })));
    this.#bound();
  }

  add(events: ReportEvent[]): void {
    const at = instantOf(this.#clock.wall());
    this.#held.push(...events.map((event) => ({ at, event })));
    this.#bound();
    for (const event of events) for (const watch of this.#watchers) watch(event);
  }

  /** The last ones, oldest first. */
  last(limit: number): RecentEvent[] {
    return this.#held.slice(-limit);
  }

  /** How a play ends; undefined = not within `ms`. */
  endOf(play: PlayId, ms: number): Promise<EndedEvent | undefined> {
    return new Promise((resolve) => {
      const settle = (end: EndedEvent | undefined) => {
        this.#watchers.delete(watch);
        forget();
        resolve(end);
      };
      const watch = (event: ReportEvent) => {
        if (event.type === 'ended' && event.play === play) settle(event);
      };
      const forget = this.#clock.after(ms, () => settle(undefined));
      this.#watchers.add(watch);
    });
  }

  #bound(): void {
    this.#held.splice(0, Math.max(0, this.#held.length - RECENT_EVENTS));
  }
}
