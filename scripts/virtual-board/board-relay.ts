import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import type { BoardTime } from './board-time.ts';

export type Power = 'on' | 'off';

/** One change of the amplifier's power. `at`: epoch ms. `limit`: the host fell silent and the board switched off. */
export interface RelayChange {
  at: number;
  power: Power;
  why: 'told' | 'limit' | 'reset';
}

const MAX_TIMELINE_CHANGES = 1_000;

/** The amplifier relay of a virtual board, with the watchdog of SPEC 8 and a memory of what it did. */
export class BoardRelay {
  /** Fault: the contact no longer moves and stays as said here. */
  stuck: Power | undefined;
  #commanded: Power = 'off';
  #onSince = 0;
  #cancelLimit: () => void = () => {};
  #limitTrips = 0;
  readonly #timeline: RelayChange[] = [];
  readonly #time: BoardTime;

  constructor(time: BoardTime) {
    this.#time = time;
  }

  switch(power: Power, limitSeconds: number): void {
    this.#cancelLimit();
    if (power === 'on') this.#cancelLimit = this.#time.after(limitSeconds * 1_000, () => this.#trip());
    this.#set(power, 'told');
  }

  reset(): void {
    this.#cancelLimit();
    this.#limitTrips = 0;
    this.#set('off', 'reset');
  }

  /** What the contact really is. */
  contact(): Power {
    return this.stuck ?? this.#commanded;
  }

  state(): FrameBody<'amplifier-state'> {
    return {
      commanded: this.#commanded,
      sensed: this.contact(),
      onMs: this.#commanded === 'on' ? Math.floor(this.#time.now() - this.#onSince) : 0,
      limitTrips: this.#limitTrips,
    };
  }

  /** The last changes, oldest first. */
  timeline(): readonly RelayChange[] {
    return this.#timeline;
  }

  #trip(): void {
    this.#limitTrips++;
    this.#set('off', 'limit');
  }

  #set(power: Power, why: RelayChange['why']): void {
    if (power === this.#commanded) return;
    this.#commanded = power;
    if (power === 'on') this.#onSince = this.#time.now();
    this.#timeline.push({ at: Date.now(), power, why });
    if (this.#timeline.length > MAX_TIMELINE_CHANGES) this.#timeline.shift();
  }
}
