import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import type { ErrorName } from '../../firmware-protocol/serial/system.ts';

const MS_PER_SECOND = 1_000;

/** The clock of a board without a battery. */
export class BoardClock {
  readonly #now: () => number;
  /** Epoch ms at the start of the board's own time. */
  #offsetMs: number | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  set({ seconds, milliseconds }: FrameBody<'clock-set'>): ErrorName | undefined {
    if (milliseconds >= MS_PER_SECOND) return 'bad-body';
    this.#offsetMs = seconds * MS_PER_SECOND + milliseconds - this.#now();
    return undefined;
  }

  state(): FrameBody<'clock-state'> {
    if (this.#offsetMs === undefined) return { state: 'unset', seconds: 0, milliseconds: 0 };
    const epochMs = Math.floor(this.#offsetMs + this.#now());
    return {
      state: 'set',
      seconds: Math.floor(epochMs / MS_PER_SECOND),
      milliseconds: epochMs % MS_PER_SECOND,
    };
  }

  powerUp(): void {
    this.#offsetMs = undefined;
  }
}
