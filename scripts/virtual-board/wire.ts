import { spoiled } from './misread.ts';
import { seeded } from './seeded.ts';

/** What a cable does to the bytes of one direction. */
export interface WireFaults {
  /** The line's rate: baud / 10. Absent: no slower than the machine. */
  bytesPerSecond?: number;
  /** One bit in so many is turned over, at random places. */
  flipOneBitIn?: number;
  /** One byte in so many is lost. */
  dropOneByteIn?: number;
}

const TICK_MS = 1;

/** One direction of a virtual cable: noise, then pacing. The same `seed` gives the same noise. */
export class Wire {
  faults: WireFaults;
  readonly #deliver: (bytes: Uint8Array) => void;
  readonly #fraction: () => number;
  readonly #queue: Uint8Array[] = [];
  /** When the first byte of the queue began to travel, ms. */
  #startedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #bitsToFlip: number | undefined;
  #bytesToDrop: number | undefined;

  constructor(deliver: (bytes: Uint8Array) => void, faults: WireFaults = {}, seed = 1) {
    this.#deliver = deliver;
    this.faults = faults;
    this.#fraction = seeded(seed);
  }

  send(bytes: Uint8Array): void {
    const worn = this.#wear(bytes);
    if (this.faults.bytesPerSecond === undefined) {
      this.#deliver(worn);
      return;
    }
    if (this.#queue.length === 0) this.#startedAt = performance.now();
    this.#queue.push(worn);
    this.#timer ??= setTimeout(() => this.#move(), TICK_MS);
  }

  /** Whether bytes are on their way. */
  isBusy(): boolean {
    return this.#queue.length > 0;
  }

  /** What is on its way arrives as noise: somebody else sent over it. */
  spoil(): void {
    for (const [at, bytes] of this.#queue.entries()) this.#queue[at] = spoiled(bytes);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#queue.length = 0;
  }

  /** Delivers as many bytes as a line of this rate has carried by now; an idle line saves nothing up. */
  #move(): void {
    this.#timer = undefined;
    const bytesPerMs = (this.faults.bytesPerSecond ?? Number.POSITIVE_INFINITY) / 1_000;
    let due = Math.floor((performance.now() - this.#startedAt) * bytesPerMs);
    this.#startedAt += due / bytesPerMs;
    for (let first = this.#queue[0]; first !== undefined && due > 0; first = this.#queue[0]) {
      const part = first.subarray(0, due);
      due -= part.length;
      if (part.length === first.length) this.#queue.shift();
      else this.#queue[0] = first.subarray(part.length);
      this.#deliver(part);
    }
    if (this.#queue.length > 0) this.#timer = setTimeout(() => this.#move(), TICK_MS);
  }

  #wear(bytes: Uint8Array): Uint8Array {
    const { flipOneBitIn, dropOneByteIn } = this.faults;
    if (flipOneBitIn === undefined && dropOneByteIn === undefined) return bytes;
    const worn: number[] = [];
    for (const byte of bytes) {
      if (dropOneByteIn !== undefined && this.#dropsNow(dropOneByteIn)) continue;
      worn.push(flipOneBitIn === undefined ? byte : byte ^ this.#flipsNow(flipOneBitIn));
    }
    return Uint8Array.from(worn);
  }

  #dropsNow(mean: number): boolean {
    this.#bytesToDrop ??= this.#gap(mean);
    if (this.#bytesToDrop-- > 0) return false;
    this.#bytesToDrop = this.#gap(mean);
    return true;
  }

  /** The bits of the next byte that turn over. */
  #flipsNow(mean: number): number {
    let turned = 0;
    for (let bit = 0; bit < 8; bit++) {
      this.#bitsToFlip ??= this.#gap(mean);
      if (this.#bitsToFlip-- > 0) continue;
      this.#bitsToFlip = this.#gap(mean);
      turned |= 1 << bit;
    }
    return turned;
  }

  /** Exponential gaps: faults come independently of each other, as noise does. */
  #gap(mean: number): number {
    return Math.round(-Math.log(1 - this.#fraction()) * mean);
  }
}
