import type { Frame } from '../../firmware-protocol/serial/frame.ts';
import { SEQUENCES } from '../../firmware-protocol/serial/header.ts';

/** The board's side of the window: each sequenced frame once, in order (SPEC 6). */
export class ReceiveWindow {
  readonly #holds: number;
  readonly #waiting = new Map<number, Frame>();
  #expected = 0;

  /** @param holds frames kept that came before their turn; 0 = they must come again. */
  constructor(holds: number) {
    this.#holds = holds;
  }

  /** The frames whose turn has come, in order; none for a repeated or an early one. */
  take(frame: Frame): Frame[] {
    const ahead = (frame.header.sequence - this.#expected) & (SEQUENCES - 1);
    if (ahead > this.#holds) return [];
    this.#waiting.set(frame.header.sequence, frame);
    const due: Frame[] = [];
    for (let next = this.#waiting.get(this.#expected); next; next = this.#waiting.get(this.#expected)) {
      this.#waiting.delete(this.#expected);
      this.#expected = (this.#expected + 1) & (SEQUENCES - 1);
      due.push(next);
    }
    return due;
  }

  /** The header fields of this moment. */
  told(): { ack: number; held: number } {
    let held = 0;
    for (const sequence of this.#waiting.keys())
      held |= 1 << ((sequence - this.#expected - 1) & (SEQUENCES - 1));
    return { ack: this.#expected, held };
  }
}
