import { DeviceError } from '../../../device/errors.ts';
import type { ByteLine } from '../../../device/sign-ports.ts';
import type { FarDevice } from '../../../scripts/virtual-board/plug.ts';

/** The line's answers come in pieces no longer than this, as from a port. */
const PIECE_BYTES = 61;

type Session = Parameters<ByteLine['open']>[0];

/** A cable on a desk: joins a device to its driver without a port, can be pulled, put back and talked into. */
export class DeskLine implements ByteLine {
  /** Bytes that reached the far end. */
  heardBytes = 0;
  readonly #device: FarDevice;
  #session: Session | undefined;
  #isPlugged = true;

  constructor(device: FarDevice) {
    this.#device = device;
  }

  async open(session: Session): Promise<void> {
    if (!this.#isPlugged) throw new DeviceError('line-gone', { line: 'desk' });
    this.#session = session;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#session === undefined || !this.#isPlugged) throw new DeviceError('line-gone', { line: 'desk' });
    this.heardBytes += bytes.length;
    for (const answer of this.#device.receive(Uint8Array.from(bytes))) this.babble(answer);
  }

  async close(): Promise<void> {
    this.#session = undefined;
  }

  /** The far end says this now, whatever it is. */
  babble(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = Uint8Array.from(bytes.subarray(at, at + PIECE_BYTES));
      queueMicrotask(() => this.#session?.onBytes(piece));
    }
  }

  unplug(): void {
    this.#isPlugged = false;
    const session = this.#session;
    this.#session = undefined;
    session?.onClosed('pulled');
  }

  plugBack(): void {
    this.#isPlugged = true;
  }
}
