import { pngOf } from '../../device/panel/picture/png.ts';
import { crcHex } from '../../firmware-protocol/serial/crc32.ts';
import type { FarDisplay } from '../virtual-board/far-board.ts';

/** Signs in a village change a few times a minute: an hour of pages. */
const PAGES_KEPT = 500;
/** Each lamp as a square, so that a person can see it. */
const LAMP_PIXELS = 4;
/** Instants of two processes on one machine, each rounded to a millisecond. */
const ROUNDING_MS = 5;

/** A page as the sign showed it. */
export interface Shot {
  /** Epoch ms at which it was shown. */
  at: number;
  /** CRC-32 of the page, 8 hex digits. */
  crc: string;
  /** One pixel a lamp: its RGB565 pixels have that CRC. */
  png: () => Buffer;
  /** The same for eyes: every lamp a square. */
  enlarged: () => Buffer;
}

/** Takes a picture of every page that a virtual sign shows. */
export class SignCamera {
  readonly #shots: Shot[] = [];
  readonly #display: FarDisplay;

  constructor(display: FarDisplay) {
    this.#display = display;
    display.onShown = () => this.#take();
  }

  /** The last picture of the page with this CRC (8 hex digits); undefined = it was never shown. */
  picture(crc: string): Shot | undefined {
    return this.#shots.findLast((shot) => shot.crc === crc);
  }

  /** Every page that stood on the sign between two instants (epoch ms), each once, in the order of appearance. */
  pagesBetween(from: number, until: number): Shot[] {
    const standing = this.#shots.findLastIndex(({ at }) => at <= from + ROUNDING_MS);
    const shown = this.#shots.filter(({ at }, index) => index >= standing && at <= until);
    return shown.filter(({ crc }, index) => shown.findIndex((shot) => shot.crc === crc) === index);
  }

  #take(): void {
    const page = this.#display.bitmap();
    this.#shots.push({
      at: Date.now(),
      crc: crcHex(this.#display.shownCrc()),
      png: () => pngOf(page),
      enlarged: () => pngOf(page, LAMP_PIXELS),
    });
    if (this.#shots.length > PAGES_KEPT) this.#shots.shift();
  }
}
