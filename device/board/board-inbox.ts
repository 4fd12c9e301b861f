import { frameLine } from '../../firmware-protocol/serial/catalogue.ts';
import { FrameDecoder } from '../../firmware-protocol/serial/decoder.ts';
import type { Frame } from '../../firmware-protocol/serial/frame.ts';

/** A board speaks when spoken to; more than this unread is not a board. */
const MAX_INBOX_BYTES = 65_536;

/** What came from the line and was not read yet; yields the frames of boards with this address. */
export class BoardInbox {
  readonly #address: number;
  readonly #trace: (line: string) => void;
  readonly #decoder = new FrameDecoder();
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  constructor(address: number, trace: (line: string) => void) {
    this.#address = address;
    this.#trace = trace;
  }

  put(bytes: Uint8Array): void {
    if (this.#bytes + bytes.length > MAX_INBOX_BYTES) return;
    this.#chunks.push(bytes);
    this.#bytes += bytes.length;
  }

  /** Our own frames come back on a half-duplex line, and those of other boards are on it too: neither is for us. */
  *read(): Generator<Frame> {
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#bytes = 0;
    for (const bytes of chunks) {
      for (const decoded of this.#decoder.push(bytes)) {
        if (decoded.kind === 'discarded') {
          this.#trace(`< discarded ${decoded.reason} ${decoded.bytes}B`);
          continue;
        }
        const { header } = decoded.frame;
        if (!header.fromBoard || header.address !== this.#address) continue;
        this.#trace(frameLine(decoded.frame));
        yield decoded.frame;
      }
    }
  }
}
