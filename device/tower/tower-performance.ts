import type { Performance, Performed } from '../playout/play.ts';
import { OnAir, type OnAirParts } from './on-air.ts';
import { TOWER_TIMES } from './tower-times.ts';

/** What goes on air, in this order; a cut ends it between two slices of 10 ms. */
const SEQUENCE: readonly { step: string; run: (air: OnAir) => Promise<void> }[] = [
  { step: 'sound device open', run: (air) => air.openVoice() },
  { step: 'amplifier on, settled', run: (air) => air.amplifierOn() },
  { step: 'wait for the instant', run: (air) => air.waitForInstant() },
  { step: 'silence up to the instant', run: (air) => air.soundLead() },
  { step: 'chime', run: (air) => air.soundChime() },
  { step: 'content', run: (air) => air.soundContent() },
  { step: 'tail silence', run: (air) => air.soundTail() },
];

/** One play, ready for the tower. */
export class TowerPerformance implements Performance {
  readonly lengthMs: number;
  readonly #parts: OnAirParts;

  constructor(parts: OnAirParts) {
    this.#parts = parts;
    const { amplifierMs, countInMs, tailMs } = TOWER_TIMES;
    const aroundMs = parts.callAheadMs + parts.staggerMs + amplifierMs + countInMs + tailMs;
    this.lengthMs = aroundMs + parts.lengthMs;
  }

  async perform(signal: AbortSignal, at?: number, latest?: number): Promise<Performed> {
    if (signal.aborted) {
      await this.discard();
      return { end: 'cut', mark: { done: this.#parts.from } };
    }
    const air = new OnAir(this.#parts, signal, { at, latest });
    try {
      for (const { run } of SEQUENCE) if (!air.isOver) await run(air);
      return await air.drain();
    } catch (error) {
      return air.failed(error);
    } finally {
      await air.leave();
    }
  }

  async discard(): Promise<void> {
    this.#parts.content.close();
    await this.#parts.slot.cancel();
  }
}
