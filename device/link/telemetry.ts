import type { DeviceState, Health } from '../../firmware-protocol/mqtt/messages.ts';
import type { Clock, Log } from '../ports.ts';

const TELEMETRY_TIMES = {
  health_ms: 60_000,
  /** Changes within this time make one state message: a play changes several members at once. */
  gather_ms: 200,
} as const;

export interface TelemetryParts {
  clock: Pick<Clock, 'after'>;
  log: Log;
  state: () => DeviceState;
  health: () => Promise<Health>;
  publish: (name: 'state' | 'health', payload: DeviceState | Health) => Promise<void>;
}

/** State on change and health each minute, while the line is up. Losing one is harmless: the next says it all again. */
export class Telemetry {
  readonly #parts: TelemetryParts;
  #online = false;
  #said = '';
  #cancelGather: (() => void) | undefined;
  #cancelHealth: () => void = () => {};

  constructor(parts: TelemetryParts) {
    this.#parts = parts;
  }

  connected(): void {
    this.#online = true;
    // The broker may be another one now: it gets the state whatever was said before.
    this.#said = '';
    this.stateChanged();
    void this.#sayHealth();
  }

  disconnected(): void {
    this.#online = false;
    this.#cancelGather?.();
    this.#cancelGather = undefined;
    this.#cancelHealth();
  }

  /** The state may have changed: it is published when it really did. Cheap, call it freely. */
  stateChanged(): void {
    if (!this.#online || this.#cancelGather !== undefined) return;
    this.#cancelGather = this.#parts.clock.after(TELEMETRY_TIMES.gather_ms, () => void this.#sayState());
  }

  async #sayState(): Promise<void> {
    this.#cancelGather = undefined;
    const state = this.#parts.state();
    const text = JSON.stringify(state);
    if (text === this.#said) return;
    this.#said = text;
    try {
      await this.#parts.publish('state', state);
    } catch (error) {
      this.#said = '';
      this.#parts.log.warn({ error }, 'state could not be published');
    }
  }

  async #sayHealth(): Promise<void> {
    this.#cancelHealth = this.#parts.clock.after(TELEMETRY_TIMES.health_ms, () => void this.#sayHealth());
    try {
      await this.#parts.publish('health', await this.#parts.health());
    } catch (error) {
      this.#parts.log.warn({ error }, 'health could not be published');
    }
  }
}
