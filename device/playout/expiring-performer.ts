import type { Clock } from '../ports.ts';
import { performWithin } from './limited.ts';
import type { Mark, Performance, Performer, Play } from './play.ts';
import { performedBy, refusedFor, WrappedPerformer } from './wrapped-performer.ts';

/** An alert ends by its all-clear or by its expiry, never by silence of the network (DESIGN 5): also in mid-sentence. */
export class ExpiringPerformer extends WrappedPerformer {
  readonly #clock: Clock;

  constructor(performer: Performer, clock: Clock) {
    super(performer);
    this.#clock = clock;
  }

  async prepare(play: Play, from: Mark | undefined, signal: AbortSignal): Promise<Performance> {
    const performance = await this.inner.prepare(play, from, signal);
    const { endsBy } = play;
    if (endsBy === undefined) return performance;
    return performedBy(performance, async (...call) => {
      const ms = endsBy - this.#clock.wall();
      if (ms <= 0) return refusedFor('expired', performance, from);
      return performWithin({ ms, reason: 'expired' }, this.#clock, performance, ...call);
    });
  }
}
