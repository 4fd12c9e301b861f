import type { Clock } from '../../device/ports.ts';
import type { VirtualClock } from './virtual-clock.ts';

/**
 * One life of a device's process, from power on to power off. When it ends, its timers never fire and its promises
 * never resolve: whatever the agent was about to do, it does not.
 */
export class Life {
  readonly clock: Clock;
  #alive = true;
  readonly #timers = new Set<() => void>();

  /** `systemError`: how far the system clock is from the truth now, ms; it may change while the device lives. */
  constructor(time: VirtualClock, systemError: () => number) {
    const poweredOn = time.monotonic();
    this.clock = {
      wall: () => time.wall() + systemError(),
      monotonic: () => time.monotonic() - poweredOn,
      after: (ms, call) => {
        const forget = time.after(ms, () => {
          this.#timers.delete(forget);
          if (this.#alive) call();
        });
        this.#timers.add(forget);
        return () => {
          this.#timers.delete(forget);
          forget();
        };
      },
    };
  }

  /** Timers that the agent waits for: a leak of them is a queue without bound. */
  get timers(): number {
    return this.#timers.size;
  }

  get alive(): boolean {
    return this.#alive;
  }

  end(): void {
    this.#alive = false;
  }

  /** The value, unless the life has ended meanwhile: then the caller waits for ever. */
  only<T>(value: T): Promise<T> {
    return this.#alive ? Promise.resolve(value) : new Promise<T>(() => {});
  }
}
