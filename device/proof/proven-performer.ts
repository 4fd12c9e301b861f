import type { TowerEvidence } from '../../firmware-protocol/content/report.ts';
import type { AmplifierRules } from '../amplifier/amplifier-rules.ts';
import type { PowerLog } from '../amplifier/power-log.ts';
import type { Mark, Performance, Performed, Performer, Play } from '../playout/play.ts';
import type { Clock } from '../ports.ts';
import { powerProof } from './power-proof.ts';
import type { SentMeter } from './sent-meter.ts';
import { msOf, type TappedPlayer } from './tapped-player.ts';

export interface ProvenPerformerParts {
  performer: Performer;
  player: TappedPlayer;
  /** Absent = nothing is known of the amplifier. */
  power?: { log: PowerLog; rules: AmplifierRules };
  clock: Clock;
}

/**
 * The tower, with evidence in every report beside what its performer can say: how loud that was which was sent, and what the
 * amplifier did meanwhile. What was not measured is absent; that nothing went wrong is no evidence.
 */
export class ProvenPerformer implements Performer {
  readonly output;
  readonly #parts: ProvenPerformerParts;

  constructor(parts: ProvenPerformerParts) {
    this.#parts = parts;
    this.output = parts.performer.output;
  }

  get leadMs(): number {
    return this.#parts.performer.leadMs ?? 0;
  }

  works(): boolean {
    return this.#parts.performer.works();
  }

  whyNot(): string {
    return this.#parts.performer.whyNot();
  }

  async prepare(play: Play, from: Mark | undefined, signal: AbortSignal): Promise<Performance> {
    const performance = await this.#parts.performer.prepare(play, from, signal);
    return {
      ...(performance.lengthMs !== undefined && { lengthMs: performance.lengthMs }),
      discard: () => performance.discard(),
      perform: (...when) => this.#perform(performance, when),
    };
  }

  async #perform(performance: Performance, when: Parameters<Performance['perform']>): Promise<Performed> {
    const meter = this.#parts.player.begin();
    const performed = await performance.perform(...when);
    const { tower } = performed;
    return tower === undefined ? performed : { ...performed, tower: this.#proved(tower, meter) };
  }

  #proved(said: TowerEvidence, meter: SentMeter): TowerEvidence {
    const { power, clock } = this.#parts;
    const from = meter.firstAt();
    const rms = meter.rmsCdbfs();
    if (from === undefined) return said;
    const until = Math.min(clock.monotonic(), from + msOf(meter.frames));
    return {
      ...said,
      ...(rms !== undefined && { rms_cdbfs: rms }),
      ...(power && withoutDoubt(powerProof(power.log, power.rules, from, until), said)),
    };
  }
}

/** A failure that was told stays one, whatever the current says afterwards. */
function withoutDoubt(
  proof: ReturnType<typeof powerProof>,
  { amplifier }: TowerEvidence,
): Partial<TowerEvidence> {
  return amplifier === 'failed' ? { ...proof, amplifier } : proof;
}
