import { FRAME_BYTES } from '../../firmware-protocol/serial/header.ts';

const SMALLEST_BODY_BYTES = 64;
/** Most lines lose nothing. */
const FIRST_BODY_BYTES = 2_048;
/** What the first loss of all goes back to: from there a line of any noise is learnt within a second. */
const LEARNING_BODY_BYTES = 512;
const CLEAN_BEFORE_DOUBLING = 8;
const SHRINK = 0.25;
/** Frames over which the share of the lost ones is told. */
const SHARE_FRAMES = 64;
/** A line that lost none of so many frames is quiet again. */
const QUIET_AFTER_FRAMES = 200;

/**
 * How large bodies may be on this line now. Of a frame with h bytes beside its body of b, most pixels get through where a
 * share of h / b is lost; shrinking by a fixed share on a loss and growing by that share of h on an arrival comes to
 * rest just there, whatever the noise. Until the first loss it doubles.
 */
export class BoardPace {
  #bytes = FIRST_BODY_BYTES;
  #untilDoubling = CLEAN_BEFORE_DOUBLING;
  #lossless = true;
  #sinceLoss = QUIET_AFTER_FRAMES;
  #lostShare = 0;

  bodyBytes(): number {
    return Math.floor(this.#bytes);
  }

  /** Whether frames were lost lately. */
  get noisy(): boolean {
    return this.#sinceLoss < QUIET_AFTER_FRAMES;
  }

  /** Of the frames of lately, 0 to 1. */
  get lostShare(): number {
    return this.#lostShare;
  }

  /** Another session, perhaps at another rate: what was lost before says nothing of it. */
  begin(): void {
    this.#lostShare = 0;
  }

  /** A frame was done; `most` is the largest body that board and line rate allow. */
  arrived(most: number): void {
    this.#sinceLoss++;
    this.#lostShare -= this.#lostShare / SHARE_FRAMES;
    if (this.#lossless && --this.#untilDoubling > 0) return;
    const grown = this.#lossless ? this.#bytes * 2 : this.#bytes + SHRINK * FRAME_BYTES;
    this.#untilDoubling = CLEAN_BEFORE_DOUBLING;
    this.#bytes = Math.max(SMALLEST_BODY_BYTES, Math.min(most, grown));
  }

  lost(): void {
    const from = this.#lossless ? Math.min(this.#bytes, LEARNING_BODY_BYTES) : this.#bytes;
    this.#lossless = false;
    this.#sinceLoss = 0;
    this.#lostShare += (1 - this.#lostShare) / SHARE_FRAMES;
    this.#bytes = Math.max(SMALLEST_BODY_BYTES, from * (1 - SHRINK));
  }
}
