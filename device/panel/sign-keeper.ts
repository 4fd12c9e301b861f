import { BANGKOK_OFFSET_MS } from '../../firmware-protocol/content/instant.ts';
import { type DeviceError, isDeviceError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import type { Bitmap, Panel, PanelMeasures, Standing } from '../sign-ports.ts';
import { type BrightnessRule, LUX_SAMPLES, nextLevel, wantedLevel } from './brightness.ts';

export const KEEPER_TIMES = {
  /**
   * Between two looks at the sign, and so between two steps of its brightness. A page that stands wrong stands so for no longer, and
   * what is asked and answered, 183 bytes, is 0.05 % of a line at 115,200 baud.
   */
  lookMs: 30_000,
} as const;

export interface SignKeeperParts {
  panel: Panel;
  clock: Clock;
  log: Log;
  brightness: BrightnessRule;
  isTimeKnown: () => boolean;
  /** The page for when this computer is dead; undefined = the sign is not given one. */
  fallback: { seconds: number; paint: () => Promise<Bitmap> } | undefined;
  /** What the sign measured of itself. */
  measured: (measures: PanelMeasures) => void;
  /** How the page stood; `panel-refused` = it cannot be made right. */
  stood: (standing: Standing | DeviceError) => void;
}

/** Looks after the sign, whatever it shows: its brightness, its page for silence, its health, and whether its page still stands. */
export class SignKeeper {
  readonly #parts: SignKeeperParts;
  #cancel: () => void = () => {};
  #isRunning = false;
  #isLooking = false;
  #looksAgain = false;
  #alerts = 0;
  /** What the sign was told, or keeps, since it came; unknown again when it comes back. */
  #level: number | undefined;
  #keepsFallback = false;
  #lux: number[] = [];
  #measures: PanelMeasures = {};
  readonly #troubles = new Set<string>();

  constructor(parts: SignKeeperParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#isRunning = true;
    void this.#look();
  }

  stop(): void {
    this.#isRunning = false;
    this.#cancel();
  }

  /** The sign is there again: another one, perhaps, or one that lost its power. */
  cameBack(): void {
    this.#level = undefined;
    this.#keepsFallback = false;
    this.#lux = [];
    if (this.#isRunning) void this.#look();
  }

  /** An alert is on the sign, which may be as bright as it is allowed to be; returns the end of that. */
  brighten(): () => void {
    this.#alerts += 1;
    void this.#step('brightness', () => this.#dim());
    return () => {
      this.#alerts -= 1;
    };
  }

  /** What is known of the sign: its level, 0 to 255, and what it measured last. */
  get known(): { level?: number } & PanelMeasures {
    return { ...(this.#level !== undefined && { level: this.#level }), ...this.#measures };
  }

  async #look(): Promise<void> {
    this.#looksAgain = this.#isLooking;
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#cancel();
    await this.#step('measure', () => this.#measure());
    await this.#step('brightness', () => this.#dim());
    await this.#step('fallback', () => this.#keepFallback());
    await this.#step('page', () => this.#check());
    this.#isLooking = false;
    const next = this.#looksAgain ? 0 : KEEPER_TIMES.lookMs;
    if (this.#isRunning) this.#cancel = this.#parts.clock.after(next, () => void this.#look());
  }

  async #measure(): Promise<void> {
    const { panel, measured } = this.#parts;
    if (panel.abilities().measures.length === 0) return;
    const measures = await panel.measure();
    this.#measures = measures;
    if (measures.lightLux === undefined) this.#lux = [];
    else this.#lux = [...this.#lux, measures.lightLux].slice(-LUX_SAMPLES);
    measured(measures);
  }

  async #dim(): Promise<void> {
    const { panel, brightness, clock, isTimeKnown } = this.#parts;
    if (!panel.abilities().brightness) return;
    const isAlert = this.#alerts > 0;
    const minute = isTimeKnown() ? { minute: minuteOfDay(clock.wall()) } : {};
    const wanted = wantedLevel(brightness, { ...minute, lux: this.#lux, isAlert });
    const level = nextLevel(this.#level, wanted, isAlert);
    if (level === this.#level) return;
    await panel.setBrightness(level);
    this.#level = level;
  }

  async #keepFallback(): Promise<void> {
    const { panel, fallback } = this.#parts;
    if (fallback === undefined || this.#keepsFallback || !panel.abilities().fallback) return;
    await panel.keepFallback(await fallback.paint(), fallback.seconds);
    this.#keepsFallback = true;
  }

  async #check(): Promise<void> {
    const { panel, stood } = this.#parts;
    try {
      stood(await panel.check());
    } catch (error) {
      if (!isDeviceError(error, 'panel-refused')) throw error;
      stood(error);
    }
  }

  /** One thing that fails keeps the others from nothing. Told once each; that a sign is away, others tell. */
  async #step(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#troubles.delete(what);
    } catch (error) {
      const isAway = isDeviceError(error, 'panel-gone') || isDeviceError(error, 'panel-silent');
      if (isAway || this.#troubles.has(what)) return;
      this.#troubles.add(what);
      this.#parts.log.warn({ error, what }, 'the sign could not be looked after');
    }
  }
}

/** Thailand keeps one offset all year. */
function minuteOfDay(epochMs: number): number {
  const local = new Date(epochMs + BANGKOK_OFFSET_MS);
  return local.getUTCHours() * 60 + local.getUTCMinutes();
}
