import { DeviceError } from '../../device/errors.ts';
import type { Amplifier, AmplifierMeasures } from '../../device/sound-ports.ts';
import type { Life } from './life.ts';
import type { VirtualClock } from './virtual-clock.ts';

export const VIRTUAL_AMPLIFIER = {
  /** From relay to full power. */
  settle_ms: 300,
  /** The board lets go when its host has not renewed for so long (serial SPEC 8, `limitSeconds`). */
  limit_ms: 60_000,
  /** A short circuit trips it so soon after power. */
  trip_ms: 2_000,
  /** A command into a cable that is out comes back as failed after. */
  unanswered_ms: 1_000,
  amperes: 0.85,
  offset_amperes: 0.003,
  cool_c: 40,
  hot_c: 95,
} as const;

/** What may be wrong with it; one thing at a time. */
export const AMPLIFIER_FAULTS = [
  /** The relay is welded: power flows whatever it is told. */
  'stuck-on',
  /** Coil or fuse is gone: power never flows. */
  'stuck-off',
  'over-current',
  'over-temperature',
  /** Between host and board: nothing is heard and nothing answered; the board lets go by itself. */
  'cable-out',
  /** It takes commands and never answers. */
  'hangs',
  /** Its meter is broken, and what it says is what it was told. */
  'blind',
] as const;
export type AmplifierFault = (typeof AMPLIFIER_FAULTS)[number];

interface Stretch {
  from: number;
  until: number | undefined;
}

/** Stretches are remembered for this long: longer than any play. */
const KEPT_MS = 3 * 3_600_000;

/** The amplifier of a tower with its board: it has mains while the hall has, and outlives the agent's processes. */
export class VirtualAmplifier {
  readonly #time: VirtualClock;
  #fault: AmplifierFault | undefined;
  #hasMains = false;
  /** What the board was told last. */
  #commanded: 'on' | 'off' = 'off';
  /** Counts what may end a limit. */
  #renewals = 0;
  #trips = 0;
  #host: { life: Life; wanted: 'on' | 'off' } | undefined;
  readonly #powered: Stretch[] = [];
  readonly #faulty: Stretch[] = [];

  constructor(time: VirtualClock) {
    this.#time = time;
  }

  get fault(): AmplifierFault | undefined {
    return this.#fault;
  }

  get isPowered(): boolean {
    return isOpen(this.#powered);
  }

  /** Since when at a stretch, monotonic ms of the world. */
  get poweredSince(): number | undefined {
    return this.isPowered ? this.#powered.at(-1)?.from : undefined;
  }

  /** Powered within `from` to `until`, ms. */
  poweredMs(from: number, until: number): number {
    return overlap(this.#powered, from, until);
  }

  /** With something wrong within `from` to `until`, ms. */
  faultyMs(from: number, until: number): number {
    return overlap(this.#faulty, from, until);
  }

  /** Something breaks, or is mended. */
  suffer(fault: AmplifierFault | undefined): void {
    const wasOut = this.#fault === 'cable-out';
    this.#fault = fault;
    mark(this.#faulty, fault !== undefined, this.#time.monotonic());
    if (fault === 'cable-out') this.#limit();
    // Plugged in again, the host's driver tells the board what it is to be.
    if (wasOut && this.#host?.life.alive) this.#tell(this.#host.wanted);
    this.#settle();
  }

  mains(has: boolean): void {
    this.#hasMains = has;
    this.#commanded = 'off';
    this.#settle();
  }

  /** The process that renewed is gone; the mains are not. */
  hostGone(): void {
    this.#limit();
  }

  /** As one life of the agent has it. */
  port(life: Life): Amplifier {
    const host = { life, wanted: 'off' as 'on' | 'off' };
    this.#host = host;
    const told = (power: 'on' | 'off') => {
      host.wanted = power;
      return this.#command(life, power);
    };
    return {
      on: () => told('on'),
      off: () => told('off'),
      senses: true,
      measure: () => this.#measure(life),
    };
  }

  async #command(life: Life, power: 'on' | 'off'): Promise<void> {
    await life.only(undefined);
    if (this.#fault === 'cable-out') {
      await passed(life, VIRTUAL_AMPLIFIER.unanswered_ms);
      throw new DeviceError('amplifier-failed', { power });
    }
    this.#tell(power);
    if (this.#fault === 'hangs') return new Promise(() => {});
    if (power === 'on') await passed(life, VIRTUAL_AMPLIFIER.settle_ms);
    const sensed = this.isPowered ? 'on' : 'off';
    if (this.#fault !== 'blind' && sensed !== this.#commanded)
      throw new DeviceError('amplifier-failed', { power, sensed });
  }

  async #measure(life: Life): Promise<AmplifierMeasures> {
    await life.only(undefined);
    if (this.#fault === 'hangs') return new Promise(() => {});
    if (this.#fault === 'cable-out') throw new DeviceError('amplifier-failed', { asked: 'measure' });
    if (this.#fault === 'blind') throw new DeviceError('panel-cannot');
    const { amperes, offset_amperes, hot_c, cool_c } = VIRTUAL_AMPLIFIER;
    const isHot = this.#fault === 'over-temperature';
    return {
      currentAmperes: this.isPowered ? amperes : offset_amperes,
      temperatureC: isHot ? hot_c : cool_c,
      faults: isHot || this.#fault === 'over-current' ? [this.#fault as string] : [],
    };
  }

  #tell(power: 'on' | 'off'): void {
    this.#renewals += 1;
    this.#commanded = this.#hasMains ? power : 'off';
    this.#settle();
  }

  /** Nobody renews: it lets go, unless somebody tells it something meanwhile. */
  #limit(): void {
    const renewals = this.#renewals;
    this.#time.after(VIRTUAL_AMPLIFIER.limit_ms, () => {
      if (renewals !== this.#renewals || this.#commanded === 'off') return;
      this.#commanded = 'off';
      this.#settle();
    });
  }

  /** Power flows as relay, fault and mains will have it. */
  #settle(): void {
    const flows = this.#hasMains && (this.#fault === 'stuck-on' || this.#commanded === 'on');
    const isCut = this.#fault === 'stuck-off';
    mark(this.#powered, flows && !isCut, this.#time.monotonic());
    if (this.#fault !== 'over-current' || !this.isPowered) return;
    this.#trips += 1;
    const trip = this.#trips;
    this.#time.after(VIRTUAL_AMPLIFIER.trip_ms, () => {
      if (trip !== this.#trips || this.#fault !== 'over-current') return;
      this.#commanded = 'off';
      this.#settle();
    });
  }
}

function passed(life: Life, ms: number): Promise<void> {
  return new Promise((resolve) => life.clock.after(ms, resolve));
}

function isOpen(stretches: readonly Stretch[]): boolean {
  const last = stretches.at(-1);
  return last !== undefined && last.until === undefined;
}

/** Begins or ends a stretch; forgets what is older than any play. */
function mark(stretches: Stretch[], is: boolean, now: number): void {
  const last = stretches.at(-1);
  if (is === isOpen(stretches)) return;
  if (is) stretches.push({ from: now, until: undefined });
  else if (last !== undefined) last.until = now;
  while ((stretches[0]?.until ?? Number.POSITIVE_INFINITY) < now - KEPT_MS) stretches.shift();
}

function overlap(stretches: readonly Stretch[], from: number, until: number): number {
  return stretches.reduce(
    (sum, each) => sum + Math.max(0, Math.min(each.until ?? until, until) - Math.max(each.from, from)),
    0,
  );
}
