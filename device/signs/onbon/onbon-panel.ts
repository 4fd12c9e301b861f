import { DeviceError } from '../../errors.ts';
import type { Bitmap, Marquee, ShownPage } from '../../sign-ports.ts';
import { framesOnly } from '../cutting-decoder.ts';
import { PlainPanel } from '../plain-panel.ts';
import { SignLink, type SignLinkParts } from '../sign-link.ts';
import { cannot, checkSize, checkStill, type SignSize, shownPage } from '../sign-page.ts';
import { areaPixels, ONBON_DEPTHS, type OnbonColours, pictureArea } from './onbon-area.ts';
import { BX5K_BUFFER_BYTES, bx5kRequest, bx6Request, errorOf } from './onbon-commands.ts';
import { cutOnbon, encodeOnbon, type OnbonFrame } from './onbon-frame.ts';

const HOST = 0x8000;

/**
 * `bx-5k`: cards that show text in fonts of their own: asked, cleared and switched, and shown nothing, since Thai is no
 * text to them. `bx-6`: cards with picture areas (BX-6E, BX-6Q).
 */
export type OnbonCard =
  | { series: 'bx-5k'; device: number }
  | { series: 'bx-6'; device: number; colours: OnbonColours };

export interface OnbonOptions {
  size: SignSize;
  /** The number of the screen on the line, 1 to FFFD. */
  screen: number;
  card: OnbonCard;
}

export class OnbonPanel extends PlainPanel {
  readonly link: SignLink<OnbonFrame>;
  readonly #options: OnbonOptions;

  constructor(parts: Omit<SignLinkParts<OnbonFrame>, 'decoder'>, options: OnbonOptions) {
    const { card } = options;
    super(options.size, {
      pixels: card.series === 'bx-6',
      depth: card.series === 'bx-6' ? ONBON_DEPTHS[card.colours] : 'mono',
      brightness: false,
    });
    this.#options = options;
    this.link = new SignLink({ ...parts, decoder: () => framesOnly(cutOnbon) });
  }

  async show(page: Bitmap, marquee?: Marquee): Promise<ShownPage> {
    const { card } = this.#options;
    if (card.series === 'bx-5k') throw cannot('pixels');
    checkSize(page, this);
    checkStill(marquee);
    return await this.link.inTurn(async () => {
      await this.#command(bx6Request('picture-area', pictureArea(page, card.colours)));
      return shownPage(areaPixels(page, card.colours));
    });
  }

  /** A BX-5K is cleared of what it shows; a BX-6 is shown a dark page, since its programmes would appear otherwise. */
  async blank(): Promise<void> {
    const { card } = this.#options;
    const { width, height } = this;
    if (card.series === 'bx-6') await this.show({ width, height, rgb: new Uint8Array(width * height * 3) });
    else await this.link.inTurn(() => this.#command(bx5kRequest('clear')));
  }

  /** Resolves when the controller says that it is there. BX-5K only. */
  async ping(): Promise<void> {
    if (this.#options.card.series !== 'bx-5k') throw cannot('ping');
    await this.link.inTurn(() => this.#command(bx5kRequest('ping')));
  }

  /** The lamps on or off; what is shown stays in memory. BX-5K only. */
  async switchScreen(power: 'on' | 'off'): Promise<void> {
    if (this.#options.card.series !== 'bx-5k') throw cannot('switch-screen');
    const payload = Uint8Array.of(power === 'on' ? 0x01 : 0x02);
    await this.link.inTurn(() => this.#command(bx5kRequest('switch-screen', payload)));
  }

  /** Rejects `panel-refused` with the controller's own reason. */
  async #command(data: Uint8Array): Promise<void> {
    const { screen, card } = this.#options;
    const frame = encodeOnbon({
      ...{ header: card.series, to: screen, from: HOST },
      ...{ device: card.device, data },
    });
    if (card.series === 'bx-5k' && frame.length > BX5K_BUFFER_BYTES)
      throw new DeviceError('panel-refused', { why: 'too-long', bytes: frame.length });
    // A converter for RS-485 may give our own frames back.
    const error = await this.link.ask(frame, (answer) =>
      answer.from === HOST ? undefined : (errorOf(answer) ?? answeredAs(data, answer)),
    );
    if (error !== 'none') throw new DeviceError('panel-refused', { why: error });
  }
}

/** Some commands are answered under their own name instead of `ack`: ping and status with what was asked for. */
function answeredAs(request: Uint8Array, { header, data }: OnbonFrame): 'none' | undefined {
  if (header !== 'bx-5k') return undefined;
  return data[0] === request[0] && data[1] === request[1] ? 'none' : undefined;
}
