import { DeviceError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Amplifier, AmplifierMeasures } from '../sound-ports.ts';
import type { Relay } from './relay.ts';

export interface RelayAmplifierParts {
  relay: Relay;
  clock: Clock;
  /** From power to full sound. */
  settleMs: number;
}

/** An amplifier behind a plain relay: it is switched, and whether it took that is not known. */
export class RelayAmplifier implements Amplifier {
  readonly senses = false;
  readonly #parts: RelayAmplifierParts;
  /** One command at a time, in the order in which they were given: the last one is what is so. */
  #turn: Promise<void> = Promise.resolve();
  #order = 0;

  constructor(parts: RelayAmplifierParts) {
    this.#parts = parts;
  }

  async on(): Promise<void> {
    this.#order += 1;
    const order = this.#order;
    const { relay, clock, settleMs } = this.#parts;
    try {
      await this.#inTurn(() => relay.on());
      await new Promise<void>((resolve) => clock.after(settleMs, resolve));
      if (order === this.#order) this.#mustHold();
    } catch (error) {
      // Not known to be on, so nothing will be played: it must not stay on either.
      if (order === this.#order) await this.off().catch(() => {});
      throw error;
    }
  }

  async off(): Promise<void> {
    this.#order += 1;
    await this.#inTurn(() => this.#parts.relay.off());
  }

  /** Nothing is measured; a relay that let go by itself is told. */
  async measure(): Promise<AmplifierMeasures> {
    return { faults: this.#parts.relay.lost() === undefined ? [] : ['relay-lost'] };
  }

  #mustHold(): void {
    const why = this.#parts.relay.lost();
    if (why !== undefined) throw new DeviceError('amplifier-failed', { power: 'on', why });
  }

  #inTurn(command: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(command);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}
