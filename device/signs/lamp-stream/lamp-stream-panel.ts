import type { Bitmap, Marquee, ShownPage } from '../../sign-ports.ts';
import { framesOnly } from '../cutting-decoder.ts';
import { PlainPanel } from '../plain-panel.ts';
import { SignLink, type SignLinkParts } from '../sign-link.ts';
import { checkSize, checkStill, type SignSize, shownPage } from '../sign-page.ts';
import { cutTpm2, TPM2_PING, type Tpm2Frame } from './tpm2.ts';

/**
 * WLED shows what came over the line for 2.5 s (wled.h `realtimeTimeoutMs`), then its own effect. So the page is
 * repeated while it stands: each second, or sooner where a frame takes long to travel.
 */
const REPEAT_MS = 1_000;
const WLED_TIMEOUT_MS = 2_500;
/** What the last lamp of a frame may be late by. */
const MARGIN_MS = 300;
/**
 * The first frame after WLED's own effect is shown dark: `handleSerial` takes the colours, then `realtimeLock` clears
 * them (udp.cpp). So a page goes out twice after a pause that long.
 */
const STALE_MS = WLED_TIMEOUT_MS - MARGIN_MS;
const SYNC_TRIES = 3;
const FULL_LEVEL = 255;

export interface LampStreamOptions {
  size: SignSize;
  /** For each lamp, in the order of the chain, the number of its pixel: `y * width + x`. */
  order: Uint32Array;
  encode: (rgb: Uint8Array) => Uint8Array;
  /** 1 = colours as they are, where WLED corrects or the picture is corrected already. */
  gamma: number;
  /** A WLED whose answers reach us: asked after each page, so that the page is known to have been taken in step. */
  answers: boolean;
}

/** Soon enough for the next frame to be whole before the last one is forgotten. */
export function repeatMs(frameMs: number): number {
  return Math.max(0, Math.min(REPEAT_MS, WLED_TIMEOUT_MS - MARGIN_MS - frameMs));
}

/** Lamps in a chain behind an Adalight or TPM2 controller (WLED and others). */
export class LampStreamPanel extends PlainPanel {
  readonly link: SignLink<Tpm2Frame>;
  readonly #options: LampStreamOptions;
  readonly #clock: SignLinkParts<Tpm2Frame>['clock'];
  /** The page that stands, in full brightness. */
  #page: Bitmap | undefined;
  #level = FULL_LEVEL;
  #sentAt = Number.NEGATIVE_INFINITY;
  #wasOpen = false;
  #forgetRepeat: () => void = () => {};

  constructor(parts: Omit<SignLinkParts<Tpm2Frame>, 'decoder'>, options: LampStreamOptions) {
    super(options.size, { pixels: true, depth: 'rgb565', brightness: true });
    this.#options = options;
    this.#clock = parts.clock;
    this.link = new SignLink({ ...parts, decoder: () => framesOnly(cutTpm2) });
    this.link.onChange(() => this.#lineChanged());
  }

  async show(page: Bitmap, marquee?: Marquee): Promise<ShownPage> {
    checkSize(page, this);
    checkStill(marquee);
    return await this.#stand({ ...page, rgb: page.rgb.slice() });
  }

  async blank(): Promise<void> {
    await this.#stand({ ...this.#sizeOf(), rgb: new Uint8Array(this.width * this.height * 3) });
  }

  /** By the colours themselves, so it works with every controller; a lit lamp stays lit. */
  override async setBrightness(level: number): Promise<void> {
    this.#level = level;
    if (this.#page !== undefined) await this.#stand(this.#page);
  }

  #sizeOf(): SignSize {
    return { width: this.width, height: this.height };
  }

  #stand(page: Bitmap): Promise<ShownPage> {
    return this.link.inTurn(async () => {
      const colours = this.#colours(page);
      const frame = this.#options.encode(this.#inChain(colours));
      await this.#sendPage(frame);
      this.#page = page;
      this.#repeatIn(repeatMs(this.link.transitMs(frame.length)));
      return shownPage(colours);
    });
  }

  async #sendPage(frame: Uint8Array): Promise<void> {
    if (this.#clock.monotonic() - this.#sentAt > STALE_MS) await this.link.sendThrough(frame);
    for (let tried = 0; tried < SYNC_TRIES; tried++) {
      await this.link.sendThrough(frame);
      this.#sentAt = this.#clock.monotonic();
      if (!this.#options.answers || (await this.#isInStep())) return;
    }
    throw this.link.silent();
  }

  /** WLED hears a ping only between frames: an answer means that it counted the lamps of the last one as we did. */
  async #isInStep(): Promise<boolean> {
    const heard = await this.link.askOnce(TPM2_PING, ({ kind }) => (kind === 'pong' ? true : undefined));
    return heard !== undefined;
  }

  #repeatIn(ms: number): void {
    this.#forgetRepeat();
    this.#forgetRepeat = this.#clock.after(ms, () => void this.#repeat());
  }

  /** What fails here is told to whoever shows the next page, and by `whyNot` of the link. */
  async #repeat(): Promise<void> {
    if (this.#page === undefined || !this.link.isOpen) return;
    await this.#stand(this.#page).catch(() => this.#repeatIn(REPEAT_MS));
  }

  #lineChanged(): void {
    if (this.link.isOpen === this.#wasOpen) return;
    this.#wasOpen = this.link.isOpen;
    this.#sentAt = Number.NEGATIVE_INFINITY;
    if (this.link.isOpen) this.#repeatIn(0);
    else this.#forgetRepeat();
  }

  #colours({ rgb }: Bitmap): Uint8Array {
    const share = this.#level / FULL_LEVEL;
    const curve = Uint8Array.from({ length: 256 }, (_unused, value) =>
      value === 0 ? 0 : Math.max(1, Math.round(255 * (value / 255) ** this.#options.gamma * share)),
    );
    return rgb.map((value) => curve[value] ?? 0);
  }

  #inChain(colours: Uint8Array): Uint8Array {
    const chain = new Uint8Array(colours.length);
    for (const [lamp, pixel] of this.#options.order.entries())
      chain.set(colours.subarray(pixel * 3, pixel * 3 + 3), lamp * 3);
    return chain;
  }
}
