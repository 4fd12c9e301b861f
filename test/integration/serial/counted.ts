import type { FarDevice } from '../../../scripts/virtual-board/plug.ts';

/** A device whose bytes are counted, both ways. */
export class Counted implements FarDevice {
  heard = 0;
  said = 0;
  readonly #device: FarDevice;

  constructor(device: FarDevice) {
    this.#device = device;
  }

  receive(bytes: Uint8Array): Uint8Array[] {
    this.heard += bytes.length;
    const answers = this.#device.receive(bytes);
    this.said += answers.reduce((sum, { length }) => sum + length, 0);
    return answers;
  }
}
