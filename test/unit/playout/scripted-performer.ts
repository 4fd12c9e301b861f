import { DeviceError, type DeviceErrorCode } from '../../../device/errors.ts';
import type { Mark, Performance, Performed, Performer, Play } from '../../../device/playout/play.ts';
import { pause } from '../../../device/playout/waiting.ts';
import type { Clock } from '../../../device/ports.ts';
import type { Output } from '../../../firmware-protocol/content/band.ts';

/** How one play behaves; what is left out goes well. */
export interface Script {
  prepareMs?: number;
  performMs?: number;
  /** How long after it was called the first sound is heard. */
  settleMs?: number;
  /** How long it takes to fall silent after a cut. */
  cutMs?: number;
  prepareFails?: DeviceErrorCode;
  performFails?: string;
  hangsOnPrepare?: boolean;
  /** So many performances fail at once, before anything is heard. */
  busyFor?: number;
  busyWith?: DeviceErrorCode;
  /** What the performer knows better than the document. */
  lengthMs?: number;
  /** Ignores the signal and never ends. */
  hangsOnAir?: boolean;
}

export interface Stretch {
  play: string;
  band: number;
  from: number;
  to?: number;
  resumedFrom: number;
}

const NEVER = new AbortController().signal;

/** An output that performs time instead of sound: 48 frames of `done` per ms. */
export class ScriptedPerformer implements Performer {
  readonly output: Output;
  readonly stretches: Stretch[] = [];
  readonly discarded: string[] = [];
  isThere = true;
  readonly #tries = new Map<string, number>();
  readonly #clock: Clock;
  readonly #scripts: Record<string, Script>;

  constructor(clock: Clock, scripts: Record<string, Script> = {}, output: Output = 'tower') {
    this.#clock = clock;
    this.#scripts = scripts;
    this.output = output;
  }

  /** Stretches that have no end yet. */
  onAir(): Stretch[] {
    return this.stretches.filter((stretch) => stretch.to === undefined);
  }

  works(): boolean {
    return this.isThere;
  }

  whyNot(): string {
    return 'no-sound-device';
  }

  async prepare(play: Play, from: Mark | undefined, signal: AbortSignal): Promise<Performance> {
    const script = this.#scripts[play.id] ?? {};
    if (script.hangsOnPrepare) return new Promise(() => {});
    await pause(this.#clock, script.prepareMs ?? 10, signal);
    if (script.prepareFails) throw new DeviceError(script.prepareFails);
    return {
      ...(script.lengthMs !== undefined && { lengthMs: script.lengthMs }),
      perform: (signal) => this.#perform(play, from?.done ?? 0, script, signal),
      discard: async () => void this.discarded.push(play.id),
    };
  }

  async #perform(play: Play, done: number, script: Script, signal: AbortSignal): Promise<Performed> {
    const from = this.#clock.monotonic();
    const tries = (this.#tries.get(play.id) ?? 0) + 1;
    this.#tries.set(play.id, tries);
    if (tries <= (script.busyFor ?? 0))
      return { end: 'failed', reason: script.busyWith ?? 'no-sound-device', mark: { done } };
    const stretch: Stretch = { play: play.id, band: play.band, from, resumedFrom: done };
    this.stretches.push(stretch);
    if (script.hangsOnAir) return new Promise(() => {});
    const wholeMs = script.performMs ?? 1_000;
    await pause(this.#clock, script.performFails ? wholeMs / 2 : wholeMs - done / 48, signal);
    if (signal.aborted) await pause(this.#clock, script.cutMs ?? 0, NEVER);
    stretch.to = this.#clock.monotonic();
    const frames = Math.round((stretch.to - from) * 48);
    const tower = { frames, rate_hz: 48_000, ms: frames / 48, amplifier: 'on', sink: 'script' } as const;
    const mark = { done: done + frames };
    const measured = { mark, firstAt: from + (script.settleMs ?? 0), tower };
    if (signal.aborted) return { end: 'cut', ...measured };
    if (script.performFails) return { end: 'failed', reason: script.performFails, ...measured };
    return { end: 'finished', ...measured };
  }
}
