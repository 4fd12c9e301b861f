import { thaiTime } from '../../firmware-protocol/content/thai-clock.ts';
import { isDeviceError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import type { PaintedScreen, PaintRequest, TextPainter } from '../sign-ports.ts';
import { thaiDates } from './layout/thai-date.ts';
import type { PanelSlot } from './panel-slot.ts';

export const IDLE_TIMES = {
  /** After a play: the next one may follow at once, and the clock would only flash between them. */
  afterPlayMs: 250,
  /** Looked at again at least this often: the wall clock may have been set, the line to the sign mended. */
  lookMs: 5_000,
  minuteMs: 60_000,
  /** Minutes drawn with one start of the painter: a start costs a hundred times what a page costs. */
  aheadMinutes: 15,
} as const;

export interface IdleParts {
  slot: PanelSlot;
  painter: TextPainter;
  clock: Clock;
  log: Log;
  /** The name of the village. */
  place: string;
  /** Whether the wall clock may be shown to people (trust `server` or better). */
  isTimeKnown: () => boolean;
}

/** What the sign shows between plays: the time, the day, the village. A wrong time is worse than none. */
export class IdlePage {
  readonly #parts: IdleParts;
  readonly #drawn = new Map<string, PaintedScreen>();
  #isRunning = false;
  #plays = 0;
  #shown: string | undefined;
  #forget: () => void = () => {};
  #leave = new AbortController();
  #isDrawing = false;
  #trouble: string | undefined;

  constructor(parts: IdleParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#isRunning = true;
    this.#resumeIn(0);
  }

  stop(): void {
    this.#isRunning = false;
    this.#pause();
  }

  /** What the sign shows is not known any more: its board came back, perhaps dark. */
  refresh(): void {
    this.#shown = undefined;
  }

  /** A play takes the sign. */
  hold(): void {
    this.#plays += 1;
    this.#pause();
  }

  /** The play is over. */
  release(): void {
    this.#plays -= 1;
    this.#resumeIn(IDLE_TIMES.afterPlayMs);
  }

  #resumeIn(ms: number): void {
    if (!this.#isRunning || this.#plays > 0) return;
    this.#leave = new AbortController();
    this.#lookIn(ms);
  }

  #pause(): void {
    this.#leave.abort();
    this.#forget();
    this.#shown = undefined;
  }

  #lookIn(ms: number): void {
    this.#forget();
    this.#forget = this.#parts.clock.after(ms, () => void this.#look(this.#leave.signal));
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    const now = clock.wall();
    try {
      await this.#showMinute(now, signal);
      this.#mended();
    } catch (error) {
      this.#shown = undefined;
      this.#complain(error);
    }
    if (signal.aborted) return;
    this.#lookIn(Math.min(IDLE_TIMES.lookMs, IDLE_TIMES.minuteMs - (clock.wall() % IDLE_TIMES.minuteMs)));
    void this.#drawAhead(now + IDLE_TIMES.minuteMs, signal);
  }

  async #showMinute(epochMs: number, signal: AbortSignal): Promise<void> {
    const content = this.#contentAt(epochMs);
    const key = this.#keyOf(content);
    if (key === this.#shown) return;
    const screen = this.#drawn.get(key) ?? (await this.#draw(content));
    if (signal.aborted) return;
    const shown = await this.#parts.slot.show({ ...screen, of: { type: 'idle' } }, signal);
    // A play may have taken the sign in the very moment in which the page was there.
    if (shown !== undefined && !signal.aborted) this.#shown = key;
  }

  /** When the next minute is not drawn yet, a run of minutes is, while the painter is there. */
  async #drawAhead(fromMs: number, signal: AbortSignal): Promise<void> {
    if (this.#isDrawing || this.#drawn.has(this.#keyOf(this.#contentAt(fromMs)))) return;
    this.#isDrawing = true;
    const kept = this.#shown;
    for (const key of this.#drawn.keys()) if (key !== kept) this.#drawn.delete(key);
    try {
      for (let minute = 0; minute < IDLE_TIMES.aheadMinutes && !signal.aborted; minute++) {
        const content = this.#contentAt(fromMs + minute * IDLE_TIMES.minuteMs);
        const key = this.#keyOf(content);
        if (!this.#drawn.has(key)) this.#drawn.set(key, await this.#draw(content));
      }
    } catch (error) {
      this.#complain(error);
    } finally {
      this.#isDrawing = false;
    }
  }

  #contentAt(epochMs: number): PaintRequest['content'] {
    const { place, isTimeKnown } = this.#parts;
    if (!isTimeKnown()) return { type: 'idle', dates: [], place };
    return { type: 'idle', time: thaiTime(epochMs), dates: thaiDates(epochMs), place };
  }

  /** The sign that comes may have other lamps than the one that went. */
  #keyOf(content: PaintRequest['content']): string {
    return JSON.stringify([this.#parts.slot.face, content]);
  }

  async #draw(content: PaintRequest['content']): Promise<PaintedScreen> {
    const { slot, painter } = this.#parts;
    const [screen] = await painter.paint({ ...slot.face, content });
    if (screen === undefined) throw new Error('the painter gave no screen');
    return screen;
  }

  /** Once for each kind of trouble, not every five seconds. */
  #complain(error: unknown): void {
    const trouble = isDeviceError(error) ? `${error.code} ${error.context.reason ?? ''}` : String(error);
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#parts.log.warn({ error }, 'the sign does not show the idle page');
  }

  #mended(): void {
    if (this.#trouble !== undefined) this.#parts.log.info({}, 'the sign shows the idle page again');
    this.#trouble = undefined;
  }
}
