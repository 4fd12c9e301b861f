import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import { MAX_STEPS_PER_SECOND } from '../../firmware-protocol/serial/marquee.ts';
import { type Encoding, liesWithin } from '../../firmware-protocol/serial/region.ts';
import type { ErrorName } from '../../firmware-protocol/serial/system.ts';
import { type DrawnRegion, PixelPage } from './pixel-page.ts';

type Run = FrameBody<'marquee-run'>;

/** The strip of a board and its run through a window of the page (SPEC 7, marquee). */
export class BoardMarquee {
  readonly #most: number;
  readonly #page: { width: number; height: number };
  readonly #now: () => number;
  #strip = new PixelPage(0, 0);
  #armed: Run | undefined;
  #running: { run: Run; since: number } | undefined;

  /** @param most pixels of the largest strip. */
  constructor(most: number, page: { width: number; height: number }, now: () => number) {
    this.#most = most;
    this.#page = page;
    this.#now = now;
  }

  begin(width: number, height: number): ErrorName | undefined {
    if (width * height === 0 || width * height > this.#most) return 'out-of-bounds';
    this.#strip = new PixelPage(width, height);
    this.stop();
    return undefined;
  }

  draw(region: DrawnRegion, encodings: readonly Encoding[]): ErrorName | undefined {
    return this.#strip.draw(region, encodings);
  }

  arm(run: Run): ErrorName | undefined {
    const { stepsPerSecond, stepPixels, rounds, gap } = run;
    if (this.#strip.crc() !== run.strip) return 'page-differs';
    if (!liesWithin({ ...run, height: this.#strip.height }, this.#page)) return 'out-of-bounds';
    if (rounds * (this.#strip.width + gap) + run.width >= 2 ** 32) return 'out-of-bounds';
    if (stepsPerSecond === 0 || stepsPerSecond > MAX_STEPS_PER_SECOND || stepPixels === 0) return 'bad-body';
    this.#armed = run;
    return undefined;
  }

  /** A page is shown: what was armed for it runs, and nothing else. */
  committed(): void {
    this.#running = this.#armed && { run: this.#armed, since: this.#now() };
    this.#armed = undefined;
  }

  disarm(): void {
    this.#armed = undefined;
  }

  stop(): void {
    this.#armed = undefined;
    this.#running = undefined;
  }

  /** As after a loss of power. */
  forget(): void {
    this.stop();
    this.#strip = new PixelPage(0, 0);
  }

  /** A copy of the strip. */
  strip(): PixelPage {
    return this.#strip.copy();
  }

  /** CRC of the strip that runs or rests in its window; 0 = none. */
  runningCrc(): number {
    return this.#running === undefined ? 0 : this.#strip.crc();
  }

  /** Pixels that the strip has moved. */
  offset(): number {
    if (this.#running === undefined) return 0;
    const { run, since } = this.#running;
    const steps = Math.floor(((this.#now() - since) * run.stepsPerSecond) / 1_000);
    const moved = steps * run.stepPixels;
    if (run.rounds === 0) return moved % 2 ** 32;
    return Math.min(moved, run.rounds * (this.#strip.width + run.gap) - run.gap + run.width);
  }

  /** What it shows at a place of the page; undefined = no marquee there. */
  pixel(x: number, y: number): number | undefined {
    if (this.#running === undefined) return undefined;
    const { run } = this.#running;
    const [column, row] = [x - run.x, y - run.y];
    if (column < 0 || column >= run.width || row < 0 || row >= this.#strip.height) return undefined;
    const travelled = this.offset() + column - run.width;
    const length = this.#strip.width + run.gap;
    if (travelled < 0 || (run.rounds > 0 && travelled >= run.rounds * length)) return 0;
    const at = travelled % length;
    return at < this.#strip.width ? this.#strip.pixel(at, row) : 0;
  }
}
