import type { Clock } from '../ports.ts';
import { performWithin } from './limited.ts';
import type { Mark, Performance, Performer, Play } from './play.ts';

/** An alert ends by its all-clear or by its expiry, never by silence of the network (DESIGN 5): also in mid-sentence. */
export class ExpiringPerformer implements Performer {
  readonly output;
  readonly #performer: Performer;
  readonly #clock: Clock;

  constructor(performer: Performer, clock: Clock) {
    this.output = performer.output;
    this.#performer = performer;
    this.#clock = clock;
  }

  get leadMs(): number {
    return this.#performer.leadMs ?? 0;
  }

  works(): boolean {
    return this.#performer.works();
  }

  whyNot(): string {
    return this.#performer.whyNot();
  }

  async prepare(play: Play, from: Mark | undefined, signal: AbortSignal): Promise<Performance> {
    const performance = await this.#performer.prepare(play, from, signal);
    const { endsBy } = play;
    if (endsBy === undefined) return performance;
    return {
      ...(performance.lengthMs !== undefined && { lengthMs: performance.lengthMs }),
      discard: () => performance.discard(),
      perform: async (...call) => {
        const ms = endsBy - this.#clock.wall();
        if (ms > 0) return performWithin({ ms, reason: 'expired' }, this.#clock, performance, ...call);
        await performance.discard();
        return { end: 'failed', reason: 'expired', mark: from ?? { done: 0 } };
      },
    };
  }
}
