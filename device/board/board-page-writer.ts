import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import { crc32 } from '../../firmware-protocol/serial/crc32.ts';
import { isDeviceError } from '../errors.ts';
import { around, changedRegions, type Region, wholePage } from './board-diff.ts';
import { type DrawLimits, type DrawPlan, drawPlanned, planRegion } from './board-draw.ts';
import type { BoardRequest } from './board-job.ts';
import type { BoardLink } from './board-link.ts';
import { type BoardStrip, runRequest, stripRequests } from './board-marquee.ts';
import type { BoardFacts } from './board-mouth.ts';
import type { BoardPage } from './board-pixels.ts';
import { BoardSlots } from './board-slots.ts';

/** What the board says that it shows. */
export interface Shown {
  page: number;
  marquee: number;
}

/** A page that came in fewer bytes is not worth a slot: keeping it costs a frame too. */
const WORTH_A_SLOT_BYTES = 200;

/** Brings pages to the board for as few bytes as it can: what differs, a page kept before, or all of it. */
export class BoardPageWriter {
  readonly #link: BoardLink;
  readonly #slots = new BoardSlots();
  /** What the board's drawn page and strip hold, while we know. */
  #drawn: { page: BoardPage; session: number } | undefined;
  #strip: { crc: number; session: number } | undefined;

  constructor(link: BoardLink) {
    this.#link = link;
  }

  /** After a new session the drawn page is the shown one: ours, if its CRC says so. */
  trust(page: BoardPage, session: number): void {
    this.#drawn = { page, session };
  }

  /** Nothing is known of the board any more: what comes next is sent whole. */
  forget(): void {
    this.#drawn = undefined;
    this.#strip = undefined;
    this.#slots.forgetAll();
  }

  /** Draws and shows; resolves with what the board shows then, undefined when it refused. Rejects as `BoardLink.run`. */
  async show(board: BoardFacts, page: BoardPage, strip?: BoardStrip): Promise<Shown | undefined> {
    const crc = crc32(page.pixels);
    const isNewStrip = strip !== undefined && !this.#holdsStrip(strip.crc, board.session);
    const plans = plansFor(page, this.#heldIn(board.session), board);
    const bytes = bytesOf(plans);
    const kept = bytes < WORTH_A_SLOT_BYTES ? undefined : this.#slots.find(crc);
    const slot =
      bytes < WORTH_A_SLOT_BYTES || kept !== undefined ? undefined : this.#slots.take(crc, board.slots);
    const limits = this.#limits(board);
    const requests = function* (): Generator<BoardRequest> {
      if (isNewStrip) yield* stripRequests(strip, limits);
      if (kept !== undefined) yield { name: 'page-recall', body: { slot: kept, crc } };
      else yield* drawRequests(page, plans, limits);
      if (strip !== undefined) yield runRequest(strip);
      yield { name: 'commit', body: { crc } };
      if (slot !== undefined) yield { name: 'page-store', body: { slot, crc } };
      yield STATUS;
    };
    this.#drawn = undefined;
    if (isNewStrip) this.#strip = undefined;
    const status = await this.#ask(requests());
    if (status === undefined) return undefined;
    this.#drawn = { page, session: board.session };
    if (strip !== undefined) this.#strip = { crc: strip.crc, session: board.session };
    return { page: status.shown, marquee: status.marquee };
  }

  /** Draws without showing, and lets the board keep that for when nobody speaks; whether it did. */
  async keepFallback(board: BoardFacts, page: BoardPage): Promise<boolean> {
    const plans = plansFor(page, this.#heldIn(board.session), board);
    const limits = this.#limits(board);
    const crc = crc32(page.pixels);
    const requests = function* (): Generator<BoardRequest> {
      yield* drawRequests(page, plans, limits);
      yield { name: 'fallback-store', body: { crc } };
      yield STATUS;
    };
    this.#drawn = undefined;
    const status = await this.#ask(requests());
    if (status !== undefined) this.#drawn = { page, session: board.session };
    return status?.fallback === crc;
  }

  async #ask(requests: Iterable<BoardRequest>): Promise<FrameBody<'status'> | undefined> {
    try {
      const [status] = await this.#link.run(requests);
      return status?.name === 'status' ? status.body : undefined;
    } catch (error) {
      if (!isDeviceError(error, 'panel-refused')) throw error;
      this.forget();
      return undefined;
    }
  }

  #heldIn(session: number): BoardPage | undefined {
    return this.#drawn?.session === session ? this.#drawn.page : undefined;
  }

  #holdsStrip(crc: number, session: number): boolean {
    return this.#strip?.crc === crc && this.#strip.session === session;
  }

  #limits({ encodings }: BoardFacts): DrawLimits {
    return { encodings, bodyBytes: () => this.#link.bodyBytes() };
  }
}

const STATUS: BoardRequest = { name: 'status-ask', body: {} };

function* drawRequests(
  page: BoardPage,
  plans: DrawPlan[],
  { bodyBytes }: DrawLimits,
): Generator<BoardRequest> {
  for (const plan of plans)
    for (const body of drawPlanned(page, plan, bodyBytes)) yield { name: 'draw-region', body };
}

/** What of the page has to be drawn: changed regions, or one around them where that is fewer bytes. */
function plansFor(page: BoardPage, held: BoardPage | undefined, { encodings }: BoardFacts): DrawPlan[] {
  const planned = (regions: Region[]) => regions.map((region) => planRegion(page, region, encodings));
  if (held === undefined) return planned([wholePage(page)]);
  const regions = changedRegions(held, page);
  const changed = planned(regions);
  if (changed.length < 2) return changed;
  const joined = planned(around(regions));
  return bytesOf(joined) < bytesOf(changed) ? joined : changed;
}

function bytesOf(plans: DrawPlan[]): number {
  return plans.reduce((sum, { bytes }) => sum + bytes, 0);
}
