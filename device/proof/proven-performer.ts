import type { TowerEvidence } from '../../firmware-protocol/content/report.ts';
import type { AmplifierRules } from '../amplifier/amplifier-rules.ts';
import type { PowerLog } from '../amplifier/power-log.ts';
import type { Cut, Mark, Performance, Performed, Performer, Play } from '../playout/play.ts';
import { performedBy, WrappedPerformer } from '../playout/wrapped-performer.ts';
import type { Clock } from '../ports.ts';
import type { Listener } from './listener.ts';
import { powerProof } from './power-proof.ts';
import type { SentMeter } from './sent-meter.ts';
import { msOf, type TappedPlayer } from './tapped-player.ts';

export interface ProvenPerformerParts {
  performer: Performer;
  player: TappedPlayer;
  /** Absent = nothing is known of the amplifier. */
  power?: { log: PowerLog; rules: AmplifierRules };
  /** Absent = there is no microphone: whether it was heard is not known. */
  listener?: Listener;
  clock: Clock;
}

/**
 * The tower, with evidence in every report beside what its performer can say: how loud that was which was sent, and what the
 * amplifier did meanwhile. What was not measured is absent; that nothing went wrong is no evidence.
 */
export class ProvenPerformer extends WrappedPerformer {
  readonly #parts: ProvenPerformerParts;

  constructor(parts: ProvenPerformerParts) {
    super(parts.performer);
    this.#parts = parts;
  }

  async prepare(play: Play, from: Mark | undefined, signal: AbortSignal): Promise<Performance> {
    const performance = await this.inner.prepare(play, from, signal);
    return performedBy(performance, (...when) => this.#perform(performance, when));
  }

  async #perform(performance: Performance, when: Parameters<Performance['perform']>): Promise<Performed> {
    const { player, listener } = this.#parts;
    const meter = player.begin();
    const listening = listener?.listen();
    const performed = await performance.perform(...when);
    const heard = wasPreEmpted(when[0]) ? listening?.drop() : listening?.heard(meter);
    const { tower } = performed;
    if (tower === undefined) return performed;
    return { ...performed, tower: { ...this.#proved(tower, meter), ...(heard && { heard }) } };
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

/** Who makes way for an alert counts no correlations first. */
function wasPreEmpted({ reason }: AbortSignal): boolean {
  return reason === ('pre-empted' satisfies Cut);
}

/** A failure that was told stays one, whatever the current says afterwards. */
function withoutDoubt(
  proof: ReturnType<typeof powerProof>,
  { amplifier }: TowerEvidence,
): Partial<TowerEvidence> {
  return amplifier === 'failed' ? { ...proof, amplifier } : proof;
}
