import { crcHex } from '../../firmware-protocol/serial/crc32.ts';
import { pngOf } from './png.ts';
import type { BoardDisplay } from './virtual-board-display.ts';

/** Signs in a village change a few times a minute: an hour of pages. */
const PAGES_KEPT = 500;
/** Each lamp as a square, so that a person can see it. */
const LAMP_PIXELS = 4;

/** Takes a picture of every page that a virtual sign shows, and finds it again by its CRC. */
export class SignCamera {
  readonly #pictures = new Map<string, Buffer>();
  readonly #display: BoardDisplay;

  constructor(display: BoardDisplay) {
    this.#display = display;
    display.onShown = () => this.#take();
  }

  /** PNG of the page with this CRC-32 (8 hex digits); undefined = it was never shown. */
  picture(crc: string): Buffer | undefined {
    return this.#pictures.get(crc);
  }

  /** CRCs of the pages shown, oldest first. */
  shown(): string[] {
    return [...this.#pictures.keys()];
  }

  #take(): void {
    this.#pictures.set(crcHex(this.#display.shownCrc()), pngOf(this.#display.bitmap(), LAMP_PIXELS));
    const oldest = this.#pictures.keys().next().value;
    if (this.#pictures.size > PAGES_KEPT && oldest !== undefined) this.#pictures.delete(oldest);
  }
}
