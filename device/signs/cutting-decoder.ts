/** What the bytes at the front of the buffer are. */
export type Cut<Frame> =
  | { kind: 'frame'; bytes: number; frame: Frame }
  | { kind: 'discard'; bytes: number; why: string }
  /** Undecided until more comes; `looked`: so many bytes need not be looked at again. */
  | { kind: 'more'; looked?: number };

/**
 * Reads the front of a buffer that is not empty. What it says may depend on the bytes only, never on how many there
 * are behind those it needs, so that a stream gives the same frames in whatever pieces it comes.
 */
export type Cutter<Frame> = (buffer: Uint8Array, looked: number) => Cut<Frame>;

export type Decoded<Frame> =
  | { kind: 'frame'; frame: Frame }
  | { kind: 'discarded'; bytes: number; why: string; first: Uint8Array };

/** A stretch that makes no sense is told in pieces of at most so many bytes, and shown by its first ones. */
const DISCARDED_BYTES = 256;
const SHOWN_BYTES = 8;

/**
 * A stream of bytes to frames and to what was thrown away, and why. Never throws; holds no more than the longest frame
 * for which its cutter asks `more`.
 */
export class CuttingDecoder<Frame> {
  readonly #cut: Cutter<Frame>;
  #buffer = new Uint8Array(0);
  #looked = 0;
  #discarded: { bytes: number; why: string; first: number[] } | undefined;

  constructor(cut: Cutter<Frame>) {
    this.#cut = cut;
  }

  /** Bytes held back because they may become a frame. */
  get held(): number {
    return this.#buffer.length;
  }

  push(bytes: Uint8Array): Decoded<Frame>[] {
    const buffer = new Uint8Array(this.#buffer.length + bytes.length);
    buffer.set(this.#buffer);
    buffer.set(bytes, this.#buffer.length);
    const decoded: Decoded<Frame>[] = [];
    let at = 0;
    while (at < buffer.length) {
      const cut = this.#cut(buffer.subarray(at), this.#looked);
      this.#looked = 0;
      if (cut.kind === 'more') {
        this.#looked = cut.looked ?? 0;
        break;
      }
      if (cut.kind === 'frame') decoded.push(...this.#tell(), { kind: 'frame', frame: cut.frame });
      else decoded.push(...this.#discard(buffer.subarray(at, at + cut.bytes), cut.why));
      at += cut.bytes;
    }
    // A copy: a small rest must not hold a large buffer.
    this.#buffer = at === 0 ? buffer : buffer.slice(at);
    return decoded;
  }

  /** The stream is over: what is held is told as thrown away. */
  end(): Decoded<Frame>[] {
    const rest = this.#buffer;
    this.#buffer = new Uint8Array(0);
    this.#looked = 0;
    return [...(rest.length === 0 ? [] : this.#discard(rest, 'unfinished')), ...this.#tell()];
  }

  #discard(bytes: Uint8Array, why: string): Decoded<Frame>[] {
    const told: Decoded<Frame>[] = this.#discarded?.why === why ? [] : this.#tell();
    for (const byte of bytes) {
      this.#discarded ??= { bytes: 0, why, first: [] };
      this.#discarded.bytes += 1;
      if (this.#discarded.first.length < SHOWN_BYTES) this.#discarded.first.push(byte);
      if (this.#discarded.bytes === DISCARDED_BYTES) told.push(...this.#tell());
    }
    return told;
  }

  #tell(): Decoded<Frame>[] {
    const discarded = this.#discarded;
    this.#discarded = undefined;
    if (discarded === undefined) return [];
    return [{ kind: 'discarded', ...discarded, first: Uint8Array.from(discarded.first) }];
  }
}

/** The frames alone, for whoever waits for answers. */
export function framesOnly<Frame>(cut: Cutter<Frame>): { push(bytes: Uint8Array): Frame[] } {
  const decoder = new CuttingDecoder(cut);
  return {
    push: (bytes) => decoder.push(bytes).flatMap((item) => (item.kind === 'frame' ? [item.frame] : [])),
  };
}
