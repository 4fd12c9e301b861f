import { DeviceError } from '../../errors.ts';
import type { Bitmap, Marquee, ShownPage } from '../../sign-ports.ts';
import { framesOnly } from '../cutting-decoder.ts';
import { PlainPanel } from '../plain-panel.ts';
import { SignLink, type SignLinkParts } from '../sign-link.ts';
import { cannot, checkSize, checkStill, type SignSize, shownPage } from '../sign-page.ts';
import {
  ALPHA_FILES,
  type AlphaColours,
  CLEAR_ERRORS_COMMAND,
  dimmingCommand,
  errorsOf,
  memoryCommand,
  pictureCommand,
  READ_ERRORS_COMMAND,
  RUN_SEQUENCE_COMMAND,
  showCommand,
} from './alpha-commands.ts';
import { ALPHA_DEPTHS, alphaRows } from './alpha-dots.ts';
import {
  type AlphaChecksum,
  type AlphaPacket,
  cutAlphaPacket,
  encodeAlphaPacket,
  withEvenParity,
  withoutParity,
} from './alpha-packet.ts';

/** The sign opens the picture's memory while it waits so long (9708-8061F, 6.4.1). */
const PICTURE_PAUSE_MS = 100;
/** The head of a packet up to here goes before the pause: wake-up, SOH, type, address, STX. */
const PACKET_HEAD_BYTES = 10;

export interface AlphaOptions {
  size: SignSize;
  /** `Z` = every type. */
  type: string;
  /** Two hex digits, `00` = every sign. */
  address: string;
  colours: AlphaColours;
  checksum: AlphaChecksum;
  parity: 'even' | 'none';
  /** The sign's answers reach us; false = nothing can be known of it. */
  answers: boolean;
  /** Has a dimming register, as solar and outdoor signs do. */
  dimming: boolean;
}

export type AlphaLink = SignLink<AlphaPacket>;

/** A sign of the Alpha protocol (Alpha, BetaBrite): dot pictures only. */
export class AlphaPanel extends PlainPanel {
  readonly link: AlphaLink;
  readonly #options: AlphaOptions;
  /** The picture file that is shown; undefined = the sign's memory is not ours yet. */
  #file: string | undefined;

  constructor(parts: Omit<SignLinkParts<AlphaPacket>, 'decoder'>, options: AlphaOptions) {
    super(options.size, {
      pixels: true,
      depth: ALPHA_DEPTHS[options.colours],
      brightness: options.dimming,
    });
    this.#options = options;
    this.link = new SignLink({ ...parts, decoder: answersOfAlpha });
    // A sign that was without power forgot how its memory is laid out.
    this.link.onChange(() => {
      if (!this.link.isOpen) this.#file = undefined;
    });
  }

  async show(page: Bitmap, marquee?: Marquee): Promise<ShownPage> {
    checkSize(page, this);
    checkStill(marquee);
    const rows = alphaRows(page, this.#options.colours);
    return await this.link.inTurn(async () => {
      await this.#takeMemory();
      const [first, second] = ALPHA_FILES.pictures;
      const file = this.#file === first ? second : first;
      await this.#sendPicture(file, rows);
      await this.#send(showCommand(file));
      await this.#checkErrors();
      this.#file = file;
      return shownPage(Buffer.from(rows.join('\r'), 'latin1'));
    });
  }

  async blank(): Promise<void> {
    await this.link.inTurn(async () => {
      await this.#takeMemory();
      await this.#send(showCommand(undefined));
      await this.#checkErrors();
    });
  }

  override async setBrightness(level: number): Promise<void> {
    if (!this.#options.dimming) throw cannot('brightness');
    await this.link.inTurn(async () => {
      await this.#send(dimmingCommand(level));
      await this.#checkErrors();
    });
  }

  /** Lays the sign's memory out once for each time the line is open. */
  async #takeMemory(): Promise<void> {
    if (this.#file !== undefined) return;
    await this.#send(CLEAR_ERRORS_COMMAND);
    await this.#send(memoryCommand(this, this.#options.colours));
    await this.#send(RUN_SEQUENCE_COMMAND);
    await this.#checkErrors();
    this.#file = ALPHA_FILES.pictures[1];
  }

  async #sendPicture(file: string, rows: string[]): Promise<void> {
    const { head, body } = pictureCommand(file, rows);
    const packet = this.#packet(head + body);
    const pauseAt = PACKET_HEAD_BYTES + head.length;
    await this.link.sendThrough(packet.subarray(0, pauseAt));
    await this.link.pause(PICTURE_PAUSE_MS);
    await this.link.sendThrough(packet.subarray(pauseAt));
  }

  async #send(command: string): Promise<void> {
    await this.link.sendThrough(this.#packet(command));
  }

  #packet(command: string): Uint8Array {
    const { type, address, checksum, parity } = this.#options;
    const packet = encodeAlphaPacket({ type, address, command }, checksum);
    return parity === 'even' ? withEvenParity(packet) : packet;
  }

  /** Asks whether all that was said was understood. Rejects `panel-refused` with the names of what was not. */
  async #checkErrors(): Promise<void> {
    if (!this.#options.answers) return;
    const errors = await this.link.ask(this.#packet(READ_ERRORS_COMMAND), ({ command, check }) =>
      check === 'wrong' ? undefined : errorsOf(command),
    );
    if (errors.length === 0) return;
    // What was wrong may be the layout of the memory: it is laid out anew before the next page.
    this.#file = undefined;
    throw new DeviceError('panel-refused', { errors });
  }
}

/** Signs of either parity are read alike: the eighth bit says nothing. */
function answersOfAlpha(): { push(bytes: Uint8Array): AlphaPacket[] } {
  const decoder = framesOnly(cutAlphaPacket);
  return { push: (bytes) => decoder.push(withoutParity(bytes)) };
}
