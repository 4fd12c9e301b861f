import type { OutputKit, OutputUnit } from '../../device/agent/parts.ts';
import type { Mark, Performance, Performed, Performer, Play } from '../../device/playout/play.ts';
import { pause } from '../../device/playout/waiting.ts';
import type { Clock } from '../../device/ports.ts';
import type { Output } from '../../firmware-protocol/content/band.ts';
import { durationMsOf } from '../../firmware-protocol/content/resolver.ts';
import type { Life } from './life.ts';
import { type Believed, believed } from './time-laws.ts';

/** One stretch of sound or picture, as somebody in the street would note it. Times are true epoch ms. */
export interface Heard {
  play: string;
  band: number;
  output: Output;
  life: Life;
  from: number;
  until: number | undefined;
  /** Whether it began at its beginning, not where a pre-emption had cut it. */
  isBeginning: boolean;
  longest_ms: number;
  /** What the agent took the time to be when it began. */
  believed: Believed;
}

/** What the village heard and saw, over all lives of a hall. */
export class Witness {
  readonly heard: Heard[] = [];
  /** By play and output. */
  readonly #of = new Map<string, Heard[]>();
  readonly #onAir = new Set<Heard>();

  of(play: string, output: Output): Heard[] {
    return this.#of.get(`${play} ${output}`) ?? [];
  }

  beginnings(play: string, output: Output): number {
    return this.of(play, output).filter((each) => each.isBeginning).length;
  }

  onAir(): Heard[] {
    return [...this.#onAir];
  }

  begin(heard: Heard): void {
    this.heard.push(heard);
    const name = `${heard.play} ${heard.output}`;
    this.#of.set(name, [...(this.#of.get(name) ?? []), heard]);
    this.#onAir.add(heard);
  }

  end(heard: Heard, at: number): void {
    heard.until = at;
    this.#onAir.delete(heard);
  }

  /** The power went: silence. */
  powerCut(life: Life, at: number): void {
    for (const each of this.#onAir) if (each.life === life) this.end(each, at);
  }
}

export interface SketchParts {
  output: Output;
  life: Life;
  time: Pick<Clock, 'wall'>;
  witness: Witness;
  kit: OutputKit;
}

const PREPARING_MS = 40;

/** An output without hardware: takes the time that the real one takes, and is heard by the witness. */
class SketchPerformer implements Performer {
  readonly output: Output;
  readonly #parts: SketchParts;

  constructor(parts: SketchParts) {
    this.output = parts.output;
    this.#parts = parts;
  }

  works(): boolean {
    return true;
  }

  whyNot(): string {
    return 'it works';
  }

  async prepare(play: Play, from: Mark | undefined, signal: AbortSignal): Promise<Performance> {
    await pause(this.#parts.life.clock, PREPARING_MS, signal);
    return {
      perform: (cut, at) => this.#perform(play, from, cut, at),
      discard: async () => {},
    };
  }

  async #perform(play: Play, from: Mark | undefined, cut: AbortSignal, at?: number): Promise<Performed> {
    const { life, time, witness, output, kit } = this.#parts;
    const { clock } = life;
    if (at !== undefined) await pause(clock, at - clock.monotonic(), cut);
    const done = from?.done ?? 0;
    if (cut.aborted) return { end: 'cut', mark: { done } };
    const length_ms = durationMsOf(play.announcement, output) - done;
    const began = clock.monotonic();
    const heard: Heard = {
      ...{ play: play.id, band: play.band, output, life, longest_ms: length_ms },
      ...{ from: time.wall(), until: undefined, isBeginning: from === undefined },
      believed: believed(kit.clock),
    };
    witness.begin(heard);
    await pause(clock, length_ms, cut);
    witness.end(heard, time.wall());
    const ms = clock.monotonic() - began;
    const mark = { done: done + ms };
    const tower = {
      frames: Math.round(ms * 48),
      rate_hz: 48_000,
      ms: Math.round(ms),
      amplifier: 'not-known',
      sink: 'sketch',
    } as const;
    return { end: cut.aborted ? 'cut' : 'finished', mark, ...(output === 'tower' && { tower }) };
  }
}

export function sketchUnit(parts: SketchParts): OutputUnit {
  return { performer: new SketchPerformer(parts) };
}
