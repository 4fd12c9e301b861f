import { DeviceError } from '../../errors.ts';
import type { ShownPage, TestPattern } from '../../sign-ports.ts';
import { framesOnly } from '../cutting-decoder.ts';
import { PlainPanel } from '../plain-panel.ts';
import { SignLink, type SignLinkParts } from '../sign-link.ts';
import { cannot, type SignSize } from '../sign-page.ts';
import {
  cutNovastar,
  encodeNovastar,
  NOVASTAR_ACKS,
  NOVASTAR_HOST,
  type NovastarFrame,
} from './novastar-frame.ts';
import { KILL, NOVASTAR_PATTERNS, NOVASTAR_REGISTERS } from './novastar-registers.ts';

const RECEIVING_CARD = 1;
const EVERY_BOARD = 0xffff;
const SERIALS = 256;

export interface NovastarOptions {
  size: SignSize;
  /** Network port of the sending card, from 0. */
  port: number;
}

/**
 * A sign whose pictures come from elsewhere over a video line (NovaStar MCTRL300): dimmed, blanked and tested by us. It
 * is shown no page, so `blank` ends with the next `setBrightness`.
 */
export class NovastarPanel extends PlainPanel {
  readonly link: SignLink<NovastarFrame>;
  readonly #port: number;
  #serial = 0;

  constructor(parts: Omit<SignLinkParts<NovastarFrame>, 'decoder'>, { size, port }: NovastarOptions) {
    super(size, { pixels: false, depth: 'rgb565', brightness: true });
    this.#port = port;
    this.link = new SignLink({ ...parts, decoder: () => framesOnly(cutNovastar) });
  }

  async show(): Promise<ShownPage> {
    throw cannot('pixels');
  }

  async blank(): Promise<void> {
    await this.link.inTurn(() => this.#write('kill', KILL.dark));
  }

  override async setBrightness(level: number): Promise<void> {
    await this.link.inTurn(async () => {
      await this.#write('brightness', level);
      await this.#write('kill', KILL.normal);
    });
  }

  /** One of the sign's own test pictures instead of what is fed in, `none` to end it. Rejects `panel-cannot`. */
  async showPattern(pattern: TestPattern | 'none'): Promise<void> {
    const number = NOVASTAR_PATTERNS[pattern];
    if (number === undefined) throw cannot(pattern);
    await this.link.inTurn(() => this.#write('pattern', number));
  }

  async #write(register: keyof typeof NOVASTAR_REGISTERS, value: number): Promise<void> {
    const serial = this.#serial;
    this.#serial = (serial + 1) % SERIALS;
    const request = encodeNovastar({
      ...{ isAnswer: false, ack: 0, serial, source: NOVASTAR_HOST, destination: 0, card: RECEIVING_CARD },
      ...{ port: this.#port, board: EVERY_BOARD, isWrite: true },
      address: NOVASTAR_REGISTERS[register],
      data: Uint8Array.of(value),
    });
    const ack = await this.link.ask(request, (frame) =>
      frame.isAnswer && frame.serial === serial ? frame.ack : undefined,
    );
    if (ack !== 0) throw new DeviceError('panel-refused', { why: NOVASTAR_ACKS[ack] ?? `ack-${ack}` });
  }
}
