import type { OutputKit, OutputUnit } from '../../device/agent/parts.ts';
import { towerUnit } from '../../device/agent/tower-unit.ts';
import type { AmplifierRules } from '../../device/amplifier/amplifier-rules.ts';
import type { Mark, Performance, Performed, Performer, Play } from '../../device/playout/play.ts';
import { performedBy, WrappedPerformer } from '../../device/playout/wrapped-performer.ts';
import type { TrustedClock } from '../../device/time/trusted-clock.ts';
import { durationMsOf } from '../../firmware-protocol/content/resolver.ts';
import type { Life } from './life.ts';
import { type Believed, believed } from './time-laws.ts';
import { VirtualAmplifier } from './virtual-amplifier.ts';
import { LENGTH_DECODER, VirtualCard } from './virtual-card.ts';
import type { VirtualClock } from './virtual-clock.ts';
import type { Heard, Witness } from './witness.ts';

/** Short limits, so that a day meets them: ten minutes at a stretch, a quarter of an hour in an hour. */
export const TOWER_RULES: AmplifierRules = {
  ...{ tailMs: 0, maxOnMs: 600_000, noCurrentMa: 20, hotC: 80 },
  rest: { onMs: 900_000, withinMs: 3_600_000 },
};

/** One performance on the tower, as its card and its amplifier knew it. Instants are monotonic ms of the world. */
export interface Sounded {
  play: Play;
  life: Life;
  /** When it had the tower. */
  from: number;
  until: number;
  /** First and last sample that was no silence; undefined = there was none. */
  audible: { from: number; until: number } | undefined;
  frames: number;
  performed: Performed;
}

/** Who performs what, where it is heard. */
interface Stage {
  play: Play;
  from: Mark | undefined;
  life: Life;
  witness: Witness;
  clock: TrustedClock;
}

/** Hardware of a tower, which outlives the agent that drives it; the agent's whole tower unit is the real one. */
export class VirtualTower {
  readonly amplifier: VirtualAmplifier;
  readonly card = new VirtualCard();
  readonly #time: VirtualClock;
  readonly #heeds: ((sounded: Sounded) => void)[] = [];
  /** Who has the tower now. */
  onAir: Play | undefined;

  constructor(time: VirtualClock) {
    this.#time = time;
    this.amplifier = new VirtualAmplifier(time);
  }

  /** Each performance that ended by itself or by a cut, not those that the power ended. */
  heed(sounded: (each: Sounded) => void): void {
    this.#heeds.push(sounded);
  }

  /** Nothing is wrong any more. */
  mend(): void {
    this.card.isGone = false;
    this.amplifier.suffer(undefined);
  }

  /** The process that drove it is gone. */
  lifeEnded(): void {
    this.onAir = undefined;
    this.card.sounds = () => {};
    this.amplifier.hostGone();
  }

  /** The tower of one life. */
  unit(life: Life, witness: Witness, kit: OutputKit): OutputUnit {
    const unit = towerUnit(
      {
        player: this.card.player(life),
        amplifier: this.amplifier.port(life),
        rules: TOWER_RULES,
        decoder: LENGTH_DECODER,
        sound: { gainDb: 0, settleMs: 300 },
      },
      kit,
    );
    const performer = new WitnessedPerformer(unit.performer, (play, from, perform) =>
      this.#witnessed({ play, from, life, witness, clock: kit.clock }, perform),
    );
    return { ...unit, performer };
  }

  async #witnessed(
    { play, from, life, witness, clock }: Stage,
    perform: () => Promise<Performed>,
  ): Promise<Performed> {
    const { card } = this;
    const time = this.#time;
    const began = time.monotonic();
    const framesBefore = card.taken;
    let heard: Heard | undefined;
    let audible: Sounded['audible'];
    this.onAir = play;
    card.sounds = (in_ms) => {
      const at = time.monotonic() + in_ms;
      audible = { from: audible?.from ?? at, until: at };
      if (heard !== undefined) return;
      heard = {
        ...{ play: play.id, band: play.band, output: 'tower', life },
        ...{ from: time.wall() + in_ms, until: undefined, isBeginning: from === undefined },
        longest_ms: durationMsOf(play.announcement, 'tower'),
        believed: soon(believed(clock), in_ms),
      };
      witness.begin(heard);
    };
    const performed = await perform();
    card.sounds = () => {};
    this.onAir = undefined;
    if (heard !== undefined) witness.end(heard, time.wall());
    const frames = card.taken - framesBefore;
    const sounded = { play, life, from: began, until: time.monotonic(), audible, frames, performed };
    for (const heed of this.#heeds) heed(sounded);
    return performed;
  }
}

function soon(now: Believed, in_ms: number): Believed {
  return { ...now, wall: now.wall + in_ms };
}

type Around = (play: Play, from: Mark | undefined, perform: () => Promise<Performed>) => Promise<Performed>;

class WitnessedPerformer extends WrappedPerformer {
  readonly #around: Around;

  constructor(performer: Performer, around: Around) {
    super(performer);
    this.#around = around;
  }

  async prepare(play: Play, from: Mark | undefined, signal: AbortSignal): Promise<Performance> {
    const performance = await this.inner.prepare(play, from, signal);
    return performedBy(performance, (...when) =>
      this.#around(play, from, () => performance.perform(...when)),
    );
  }
}
