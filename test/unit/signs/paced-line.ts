import type { ByteLine } from '../../../device/sign-ports.ts';
import type { FarDevice } from '../../../scripts/virtual-board/plug.ts';
import type { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';

/** What a serial port takes beyond what it has sent. */
const PORT_BUFFER_BYTES = 4_096;
const TICK_MS = 10;

/** A serial line in virtual time: it carries its rate and no more, and takes bytes long before they have arrived. */
export class PacedLine implements ByteLine {
  readonly bytesPerSecond: number;
  readonly #clock: VirtualClock;
  readonly #far: FarDevice;
  readonly #queue: number[] = [];
  #isTicking = false;

  constructor(clock: VirtualClock, far: FarDevice, bytesPerSecond: number) {
    this.#clock = clock;
    this.#far = far;
    this.bytesPerSecond = bytesPerSecond;
  }

  async open(): Promise<void> {}

  async close(): Promise<void> {}

  async write(bytes: Uint8Array): Promise<void> {
    this.#queue.push(...bytes);
    this.#tick();
    while (this.#queue.length > PORT_BUFFER_BYTES)
      await new Promise<void>((resolve) => void this.#clock.after(TICK_MS, resolve));
  }

  #tick(): void {
    if (this.#isTicking) return;
    this.#isTicking = true;
    this.#clock.after(TICK_MS, () => {
      this.#isTicking = false;
      const carried = Math.round((this.bytesPerSecond * TICK_MS) / 1_000);
      this.#far.receive(Uint8Array.from(this.#queue.splice(0, carried)));
      if (this.#queue.length > 0) this.#tick();
    });
  }
}
