import { MAX_WINDOW_FRAMES, SEQUENCES } from '../../firmware-protocol/serial/header.ts';

/** A frame on its way. */
export interface Flying<T> {
  readonly sequence: number;
  readonly load: T;
  readonly bytes: Uint8Array;
  /** Times it was sent. */
  sends: number;
  /** When it was sent last, counted in frames. */
  order: number;
  /** The board has it and waits for those before it. */
  held: boolean;
  lost: boolean;
}

/** What the header of a board's frame tells. */
export interface Heard {
  /** Whether `sequence` names the frame of the window that made the board speak. */
  sequenced: boolean;
  sequence: number;
  ack: number;
  held: number;
}

/**
 * The host's side of the sliding window (SPEC 6): pure, no clock, no I/O. A line delivers in order, so a frame is lost
 * exactly when something that was sent after it has arrived and it has not: nothing is ever sent again on suspicion.
 */
export class SendWindow<T> {
  readonly #frames: number;
  readonly #maxBytes: () => number;
  readonly #flying: Flying<T>[] = [];
  #nextSequence = 0;
  #nextOrder = 1;
  #bytes = 0;

  /**
   * @param frames in flight at most, kept within what SPEC 4 allows: a board that says 0 would never be sent anything.
   * @param maxBytes likewise, looked at each time since the line's rate may change; two frames always may.
   */
  constructor(frames: number, maxBytes: () => number) {
    this.#frames = Math.min(Math.max(1, frames), MAX_WINDOW_FRAMES);
    this.#maxBytes = maxBytes;
  }

  get empty(): boolean {
    return this.#flying.length === 0;
  }

  inFlight(): readonly Flying<T>[] {
    return this.#flying;
  }

  hasRoom(): boolean {
    const count = this.#flying.length;
    return count < this.#frames && (count < 2 || this.#bytes < this.#maxBytes());
  }

  /** Takes a frame in; `sent` still has to be told. */
  add(load: T, encode: (sequence: number) => Uint8Array): Flying<T> {
    const sequence = this.#nextSequence;
    this.#nextSequence = (sequence + 1) % SEQUENCES;
    const flying = { sequence, load, bytes: encode(sequence), sends: 0, order: 0, held: false, lost: false };
    this.#flying.push(flying);
    this.#bytes += flying.bytes.length;
    return flying;
  }

  firstLost(): Flying<T> | undefined {
    return this.#flying.find((frame) => frame.lost);
  }

  sent(frame: Flying<T>): void {
    frame.lost = false;
    frame.sends++;
    frame.order = this.#nextOrder++;
  }

  /** A mark in the order of sending, for a ping: what was sent before it lies below. */
  mark(): number {
    return this.#nextOrder++;
  }

  /** Takes what a board's header tells; returns the frames that are done and those now known to be lost. */
  heard({ sequenced, sequence, ack, held }: Heard): { done: Flying<T>[]; lost: Flying<T>[] } {
    const acknowledged = this.#distance(ack);
    if (acknowledged > this.#flying.length) return { done: [], lost: [] };
    const arrived = this.#flying.filter((frame, index) => {
      const bit = index - acknowledged - 1;
      if (bit >= 0 && (held >>> bit) & 1) frame.held = true;
      return index < acknowledged || frame.held || (sequenced && frame.sequence === sequence);
    });
    const latest = arrived.reduce((order, frame) => Math.max(order, frame.order), 0);
    const done = this.#flying.splice(0, acknowledged);
    for (const frame of done) this.#bytes -= frame.bytes.length;
    return { done, lost: this.lostBefore(latest) };
  }

  /** Everything sent up to `order` that is neither done nor held did not arrive, or was not kept. */
  lostBefore(order: number): Flying<T>[] {
    const lost = this.#flying.filter(
      (frame) => !frame.held && !frame.lost && frame.sends > 0 && frame.order <= order,
    );
    for (const frame of lost) frame.lost = true;
    return lost;
  }

  /** How many frames lie before this sequence. */
  #distance(sequence: number): number {
    const first = this.#flying[0]?.sequence ?? this.#nextSequence;
    return (sequence - first + SEQUENCES) % SEQUENCES;
  }
}
