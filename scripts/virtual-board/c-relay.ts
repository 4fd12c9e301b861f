import type { Power, RelayChange } from './board-relay.ts';

const MAX_TIMELINE_CHANGES = 1_000;

/** What the relay of a C board did, as it told. */
export class CRelay {
  /** Fault: the contact no longer moves and stays as said here. */
  stuck: Power | undefined;
  #commanded: Power = 'off';
  readonly #timeline: RelayChange[] = [];

  moved(power: Power, why: RelayChange['why']): void {
    if (power === this.#commanded) return;
    this.#commanded = power;
    this.#timeline.push({ at: Date.now(), power, why });
    if (this.#timeline.length > MAX_TIMELINE_CHANGES) this.#timeline.shift();
  }

  /** What the contact really is. */
  contact(): Power {
    return this.stuck ?? this.#commanded;
  }

  /** The last changes, oldest first. */
  timeline(): readonly RelayChange[] {
    return this.#timeline;
  }
}
