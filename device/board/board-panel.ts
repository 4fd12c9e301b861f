import { crc32, crcHex } from '../../firmware-protocol/serial/crc32.ts';
import { DeviceError, isDeviceError } from '../errors.ts';
import type { Bitmap, Marquee, Panel, PanelAbilities, PanelMeasures, ShownPage } from '../sign-ports.ts';
import { changedRegions, wholePage } from './board-diff.ts';
import { drawRegion } from './board-draw.ts';
import type { BoardRequest } from './board-job.ts';
import type { BoardLink } from './board-link.ts';
import { type BoardPage, boardPage, darkPage } from './board-pixels.ts';
import type { BoardFacts } from './board-session.ts';

/**
 * Our own sign. Sends what changed, shows it whole, and reads back what is really shown; a page that differs is written
 * anew in full once, then refused (F39).
 */
export class BoardPanel implements Panel {
  readonly width: number;
  readonly height: number;
  readonly #link: BoardLink;
  /** What the board was seen to show last. */
  #seen: { page: BoardPage; session: number } | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(link: BoardLink, size: { width: number; height: number }) {
    this.#link = link;
    this.width = size.width;
    this.height = size.height;
  }

  abilities(): PanelAbilities {
    return {
      pixels: true,
      depth: 'rgb565',
      readsBack: true,
      whole: true,
      marquee: false,
      brightness: false,
      fallback: false,
      measures: [],
    };
  }

  /** Pages are shown one after the other. Rejects as `BoardLink.run`, and `panel-refused` for another size. */
  async show(bitmap: Bitmap, marquee?: Marquee): Promise<ShownPage> {
    if (marquee !== undefined) throw new DeviceError('panel-cannot', { what: 'marquee' });
    return await this.#inTurn(boardPage(bitmap));
  }

  async blank(): Promise<void> {
    await this.#inTurn(darkPage(this.width, this.height));
  }

  async setBrightness(): Promise<void> {
    throw new DeviceError('panel-cannot', { what: 'brightness' });
  }

  async keepFallback(): Promise<void> {
    throw new DeviceError('panel-cannot', { what: 'fallback' });
  }

  async measure(): Promise<PanelMeasures> {
    return {};
  }

  #inTurn(page: BoardPage): Promise<ShownPage> {
    const shown = this.#turn.then(() => this.#show(page));
    this.#turn = shown.catch(() => {});
    return shown;
  }

  async #show(page: BoardPage): Promise<ShownPage> {
    const board = this.#readyBoard(page);
    const crc = crc32(page.pixels);
    const held = await this.#heldPage(board);
    const first = held === undefined ? undefined : await this.#write(board, page, crc, held);
    const boardCrc = first === crc ? first : await this.#write(board, page, crc, undefined);
    if (boardCrc !== crc) {
      throw new DeviceError('panel-refused', { crc: crcHex(crc), boardCrc: boardCrc && crcHex(boardCrc) });
    }
    this.#seen = { page, session: board.session };
    return { crc: crcHex(crc), boardCrc: crcHex(boardCrc) };
  }

  /** Why no page can be shown now: no board, or one that has no display or another size; undefined = it can. */
  whyNot(): DeviceError | undefined {
    const board = this.#link.board;
    if (board === undefined) return this.#link.whyNot();
    if (board.fitted.includes('display') && this.#isOfMySize(board)) return undefined;
    return this.#refusal(board);
  }

  #readyBoard(page: BoardPage): BoardFacts {
    const why = this.whyNot();
    if (why !== undefined) throw why;
    const board = this.#link.board;
    if (board === undefined || !this.#isOfMySize(page)) throw this.#refusal(page);
    return board;
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

  /** What the board holds, if we know: after a new session only what its own CRC confirms. */
  async #heldPage(board: BoardFacts): Promise<BoardPage | undefined> {
    const seen = this.#seen;
    this.#seen = undefined;
    if (seen === undefined || seen.session === board.session) return seen?.page;
    const [status] = await this.#link.run([{ name: 'status-ask', body: {} }]);
    return status?.name === 'status' && status.body.shown === crc32(seen.page.pixels) ? seen.page : undefined;
  }

  /** Draws, commits, and resolves with the CRC of what is shown then; undefined = the board did not show the page. */
  async #write(
    board: BoardFacts,
    page: BoardPage,
    crc: number,
    held: BoardPage | undefined,
  ): Promise<number | undefined> {
    try {
      const [status] = await this.#link.run(this.#requests(board, page, crc, held));
      return status?.name === 'status' ? status.body.shown : undefined;
    } catch (error) {
      if (isDeviceError(error, 'panel-refused')) return undefined;
      throw error;
    }
  }

  *#requests(
    board: BoardFacts,
    page: BoardPage,
    crc: number,
    held: BoardPage | undefined,
  ): Generator<BoardRequest> {
    const limits = { encodings: board.encodings, bodyBytes: () => this.#link.bodyBytes() };
    for (const region of held === undefined ? [wholePage(page)] : changedRegions(held, page)) {
      for (const body of drawRegion(page, region, limits)) yield { name: 'draw-region', body };
    }
    yield { name: 'commit', body: { crc } };
    yield { name: 'status-ask', body: {} };
  }
}
