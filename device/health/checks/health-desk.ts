import { epochMsOf } from '../../../firmware-protocol/content/instant.ts';
import type { Clock, Log, Store } from '../../ports.ts';
import type { TrustedClock } from '../../time/trusted-clock.ts';
import type { Warnings } from '../warnings.ts';
import type { HallSeen, PartsSeen, Seen } from './check.ts';
import { CheckRounds } from './check-rounds.ts';
import type { ExplainedCheck } from './explained-check.ts';
import type { Machine, MachineReading } from './machine.ts';
import type { MediaSeen } from './media-seen.ts';
import { MemoryGrowth } from './memory-growth.ts';

export const HEALTH_TIMES = {
  round_ms: 60_000,
  /** A line on which nothing is heard is dialled anew no more often than this. */
  redial_ms: 25 * 60_000,
  /** Files come and are needed slowly, and counting them reads their folder. */
  media_ms: 10 * 60_000,
} as const;

/** The line to the broker as the checks see it. */
export interface LineSeen {
  connected(): boolean;
  /** Monotonic instant since when it is as it is. */
  since(): number;
  /** Monotonic instant since when nothing has come in, though there was a line. */
  silentSince(): number;
  /** From the last word to the broker until its acknowledgement, ms. */
  tripMs(): number | undefined;
  /** Hangs up and dials again. */
  redial(reason: string): void;
}

export interface HealthDeskParts {
  machine: Machine;
  clock: TrustedClock & Pick<Clock, 'after'>;
  line: LineSeen;
  store: Pick<Store, 'waiting' | 'reports'>;
  /** What hangs on the box, as it is now. */
  parts: () => PartsSeen;
  /** What is here of the files that the next days need. Rejects as the store does. */
  media: () => Promise<MediaSeen>;
  warnings: Warnings;
  log: Log;
}

/** Looks at the box each minute, whether anybody listens or not. */
export class HealthDesk {
  readonly #parts: HealthDeskParts;
  readonly #rounds: CheckRounds;
  readonly #startedAt: number;
  readonly #growth = new MemoryGrowth();
  #reading: MachineReading = {};
  #media: { seen: MediaSeen | undefined; at: number } = { seen: undefined, at: Number.NEGATIVE_INFINITY };
  #cancel: () => void = () => {};
  #isStopped = false;

  constructor(parts: HealthDeskParts) {
    this.#parts = parts;
    this.#rounds = new CheckRounds(parts.warnings);
    this.#startedAt = parts.clock.monotonic();
  }

  /** As of the last round. */
  get reading(): MachineReading {
    return this.#reading;
  }

  /** As of the last look, some minutes ago. */
  get media(): MediaSeen | undefined {
    return this.#media.seen;
  }

  /** As of this moment, the card written to as well: for somebody who stands at the box. Raises and clears nothing. */
  async explainedNow(): Promise<ExplainedCheck[]> {
    return this.#rounds.explained(await this.#look(true));
  }

  explained(): ExplainedCheck[] {
    return this.#rounds.explained();
  }

  start(): void {
    void this.#round();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  async #round(): Promise<void> {
    const { clock, line, log } = this.#parts;
    try {
      const seen = await this.#look(false);
      if (this.#isStopped) return;
      this.#rounds.take(seen);
      // A line that brings nothing, not even the time that is asked each ten minutes, is as good as none (F20).
      const { onlineMs, silentMs } = seen.hall.line;
      if (Math.min(onlineMs, silentMs) > HEALTH_TIMES.redial_ms) line.redial('nothing was heard');
    } catch (error) {
      log.warn({ error }, 'the box could not be looked at');
    }
    if (!this.#isStopped) this.#cancel = clock.after(HEALTH_TIMES.round_ms, () => void this.#round());
  }

  async #look(isFresh: boolean): Promise<Seen & { hall: HallSeen }> {
    const { machine, clock, line, store, parts } = this.#parts;
    this.#reading = await machine.read(isFresh);
    await this.#lookAtMedia(isFresh);
    const reportsWaiting = await store.waiting().catch(() => undefined);
    const oldestReportMs = await this.#oldestReport();
    const now = clock.monotonic();
    const [sinceMs, upMs] = [now - line.since(), now - this.#startedAt];
    const [onlineMs, offlineMs] = line.connected() ? [sinceMs, 0] : [0, sinceMs];
    return {
      machine: this.#reading,
      hall: {
        ...{ trust: clock.trust(), upMs, reportsWaiting, oldestReportMs },
        grownBytes: this.#growth.take(upMs, this.#reading.rssBytes),
        line: { onlineMs, offlineMs, silentMs: now - line.silentSince(), tripMs: line.tripMs() },
      },
      parts: { ...parts(), media: this.#media.seen },
    };
  }

  async #lookAtMedia(isFresh: boolean): Promise<void> {
    const { clock, media, log } = this.#parts;
    const now = clock.monotonic();
    if (!isFresh && now - this.#media.at < HEALTH_TIMES.media_ms) return;
    const seen = await media().catch((error: unknown) => {
      log.warn({ error }, 'the files could not be counted');
      return undefined;
    });
    this.#media = { seen, at: now };
  }

  /** Age, ms. What was recorded before the time was known, or is read before it, has none. */
  async #oldestReport(): Promise<number | undefined> {
    const { store, clock } = this.#parts;
    const [oldest] = await store.reports(1).catch(() => []);
    const isKnown = [oldest?.trust, clock.trust()].every((trust) => trust === 'server' || trust === 'full');
    return oldest !== undefined && isKnown ? Math.max(0, clock.wall() - epochMsOf(oldest.at)) : undefined;
  }
}
