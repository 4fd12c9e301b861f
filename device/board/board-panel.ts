import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import { crc32, crcHex } from '../../firmware-protocol/serial/crc32.ts';
import { DeviceError } from '../errors.ts';
import type {
  Bitmap,
  Marquee,
  Panel,
  PanelAbilities,
  PanelMeasures,
  ShownPage,
  Standing,
} from '../sign-ports.ts';
import { abilitiesOf } from './board-abilities.ts';
import { BoardLamps } from './board-lamps.ts';
import type { BoardLink } from './board-link.ts';
import { type BoardStrip, stripOf } from './board-marquee.ts';
import { measuresOf, questionsOf } from './board-measures.ts';
import type { BoardFacts } from './board-mouth.ts';
import { BoardPageWriter, type Shown } from './board-page-writer.ts';
import { type BoardPage, boardPage } from './board-pixels.ts';

/** A page that was read back right, and the session in which it was. */
interface Seen {
  page: BoardPage;
  crc: number;
  strip: BoardStrip | undefined;
  session: number;
}

/**
 * Our own sign. Sends what changed, shows it whole, and reads back what is really shown; a page that differs is written
 * anew in full once, then refused (F39).
 */
export class BoardPanel implements Panel {
  readonly width: number;
  readonly height: number;
  readonly #link: BoardLink;
  readonly #writer: BoardPageWriter;
  readonly #lamps: BoardLamps;
  #facts: BoardFacts | undefined;
  /** What the board was seen to show last. */
  #seen: Seen | undefined;
  #settledSession: number | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(link: BoardLink, size: { width: number; height: number }) {
    this.#link = link;
    this.#writer = new BoardPageWriter(link);
    this.#lamps = new BoardLamps(link);
    this.width = size.width;
    this.height = size.height;
  }

  abilities(): PanelAbilities {
    this.#facts = this.#link.board ?? this.#facts;
    return abilitiesOf(this.#facts);
  }

  /** Pages are shown one after the other. Rejects as `BoardLink.run`, and `panel-refused` for another size. */
  show(bitmap: Bitmap, marquee?: Marquee): Promise<ShownPage> {
    return this.#inTurn(async (board) => {
      if (!this.#isOfMySize(bitmap)) throw this.#refusal(bitmap);
      const strip = marquee && stripOf(marquee);
      this.#checkStrip(strip);
      const shown = await this.#show(board, boardPage(bitmap), strip);
      if (this.#lamps.isDark && this.#lamps.knowBlank) await this.#lamps.set({ dark: false });
      return shown;
    });
  }

  blank(): Promise<void> {
    return this.#inTurn((board) => this.#darken(board));
  }

  setBrightness(level: number): Promise<void> {
    return this.#inTurn(() => {
      if (!this.abilities().brightness) throw new DeviceError('panel-cannot', { what: 'brightness' });
      return this.#lamps.set({ brightness: level });
    });
  }

  /** The board's flash wears: what it keeps already is not sent again. */
  keepFallback(bitmap: Bitmap, afterSeconds: number): Promise<void> {
    return this.#inTurn(async (board) => {
      if (!this.abilities().fallback) throw new DeviceError('panel-cannot', { what: 'fallback' });
      if (!this.#isOfMySize(bitmap)) throw this.#refusal(bitmap);
      const page = boardPage(bitmap);
      const { fallback, afterSeconds: ruled } = await this.#status();
      if (fallback !== crc32(page.pixels) && !(await this.#writer.keepFallback(board, page)))
        throw new DeviceError('panel-refused', { what: 'fallback' });
      if (ruled !== afterSeconds) await this.#link.run([{ name: 'fallback-rule', body: { afterSeconds } }]);
    });
  }

  measure(): Promise<PanelMeasures> {
    return this.#inTurn(async (board) => measuresOf(await this.#link.run(questionsOf(board))));
  }

  /** A page that cannot be brought back is refused as in `show`. */
  check(): Promise<Standing> {
    return this.#inTurn(async (board) => {
      const seen = this.#seen;
      if (seen === undefined) return 'unknown';
      const status = await this.#status();
      if (status.showing === 'page' && isRight({ page: status.shown, marquee: status.marquee }, seen)) {
        seen.session = board.session;
        return 'stands';
      }
      this.#writer.forget();
      await this.#show(board, seen.page, seen.strip);
      return seen.session === board.session ? 'rewritten' : 'restored';
    });
  }

  /** Why no page can be shown now: no board, or one that has no display or another size; undefined = it can. */
  whyNot(): DeviceError | undefined {
    const board = this.#link.board;
    if (board === undefined) return this.#link.whyNot();
    if (board.fitted.includes('display') && this.#isOfMySize(board)) return undefined;
    return this.#refusal(board);
  }

  #inTurn<T>(work: (board: BoardFacts) => Promise<T>): Promise<T> {
    const done = this.#turn.then(async () => {
      const board = this.#readyBoard();
      await this.#settle(board);
      return await work(board);
    });
    this.#turn = done.catch(() => {});
    return done;
  }

  async #show(board: BoardFacts, page: BoardPage, strip: BoardStrip | undefined): Promise<ShownPage> {
    const meant: Seen = { page, crc: crc32(page.pixels), strip, session: board.session };
    const crc = crcHex(meant.crc);
    this.#seen = undefined;
    const first = await this.#writer.show(board, page, strip);
    let shown = first;
    if (!isRight(shown, meant)) {
      this.#writer.forget();
      shown = await this.#writer.show(board, page, strip);
    }
    if (shown === undefined || !isRight(shown, meant)) {
      this.#writer.forget();
      throw new DeviceError('panel-refused', { crc, boardCrc: shown && crcHex(shown.page) });
    }
    this.#seen = meant;
    // A board that refused at first had only lost what it was to draw upon, and showed nothing wrong.
    const wasWrong = first !== undefined && first !== shown;
    return { crc, boardCrc: crcHex(shown.page), ...(wasWrong && { rewritten: true }) };
  }

  #readyBoard(): BoardFacts {
    const why = this.whyNot();
    if (why !== undefined) throw why;
    const board = this.#link.board;
    if (board === undefined) throw this.#refusal({ width: 0, height: 0 });
    return board;
  }

  /** A new session: what the board still shows, and whether its lamps are as they were wanted. */
  async #settle(board: BoardFacts): Promise<void> {
    if (this.#settledSession === board.session) return;
    if (this.#seen !== undefined || this.#lamps.areSet) {
      const status = await this.#status();
      if (this.#seen !== undefined && status.shown === this.#seen.crc)
        this.#writer.trust(this.#seen.page, board.session);
      await this.#link.run(this.#lamps.corrections(status, this.abilities().brightness));
    }
    this.#settledSession = board.session;
  }

  /** A board of 1.0 is darkened by a dark page. */
  async #darken(board: BoardFacts): Promise<void> {
    if (this.#lamps.knowBlank) return await this.#lamps.set({ dark: true });
    const { width, height } = this;
    const page = boardPage({ width, height, rgb: new Uint8Array(3 * width * height) });
    await this.#show(board, page, undefined);
  }

  async #status(): Promise<FrameBody<'status'>> {
    const [status] = await this.#link.run([{ name: 'status-ask', body: {} }]);
    if (status?.name !== 'status') throw new DeviceError('panel-silent', { asked: 'status-ask' });
    return status.body;
  }

  #checkStrip(strip: BoardStrip | undefined): void {
    if (strip === undefined) return;
    const { marquee, stripPixels = 0 } = this.abilities();
    const pixels = strip.page.width * strip.page.height;
    if (!marquee || pixels > stripPixels)
      throw new DeviceError('panel-cannot', { what: 'marquee', pixels, most: stripPixels });
  }

  #isOfMySize({ width, height }: { width: number; height: number }): boolean {
    return width === this.width && height === this.height;
  }

  #refusal({ width, height }: { width: number; height: number }): DeviceError {
    return new DeviceError('panel-refused', {
      why: 'other-size',
      configured: `${this.width}x${this.height}`,
      found: `${width}x${height}`,
    });
  }
}

/** A page without a strip has none running over it. */
function isRight(shown: Shown | undefined, { crc, strip }: Pick<Seen, 'crc' | 'strip'>): boolean {
  return shown?.page === crc && shown.marquee === (strip?.crc ?? 0);
}
