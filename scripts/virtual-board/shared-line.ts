import { spoiled } from './misread.ts';
import type { FarDevice } from './plug.ts';

/** Several boards on one RS-485 pair: each hears all that the host says; two that speak at once are not understood. */
export class SharedLine implements FarDevice {
  /** Times that more than one board spoke. */
  collisions = 0;
  readonly #devices: readonly FarDevice[];

  constructor(devices: readonly FarDevice[]) {
    this.#devices = devices;
  }

  receive(bytes: Uint8Array): Uint8Array[] {
    const speaking = this.#devices
      .map((device) => device.receive(bytes))
      .filter((answers) => answers.length > 0);
    if (speaking.length <= 1) return speaking.flat();
    this.collisions++;
    return speaking.flat().map(spoiled);
  }
}
