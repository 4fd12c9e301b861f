import { BANDS } from '../../firmware-protocol/content/band.ts';
import type { TowerEvidence } from '../../firmware-protocol/content/report.ts';
import type { VirtualClock } from './virtual-clock.ts';
import { type Sounded, TOWER_RULES, type VirtualTower } from './virtual-tower.ts';

const TOWER_LAWS = {
  /** On without a play and without a fault, for no longer: the board's own limit, or the next look of who saw `off` fail. */
  idle_ms: 75_000,
  /** Around a play at the limit: it is called ahead, counts in, and its tail sounds. */
  around_ms: 20_000,
  /** So much without power may be missed by a meter that is read each second: what is said `on` may have been off for less. */
  blind_ms: 5_000,
} as const;

/** I7 of a tower with its amplifier: it is on for what sounds and no longer, and every proof tells what it really did. */
export class TowerLaws {
  readonly #tower: VirtualTower;
  readonly #time: VirtualClock;
  readonly #breach: (text: string) => void;
  #idleSince = 0;
  #stretch: { since: number; excused_ms: number; at: number } | undefined;
  /** What was seen: a run in which nothing was proven says nothing. */
  readonly proofs = { on: 0, 'not-known': 0, failed: 0 };

  constructor(tower: VirtualTower, time: VirtualClock, breach: (text: string) => void) {
    this.#tower = tower;
    this.#time = time;
    this.#breach = breach;
    tower.heed((sounded) => this.#proofIsTrue(sounded));
  }

  /** After every step. */
  check(): void {
    const { amplifier, onAir } = this.#tower;
    const now = this.#time.monotonic();
    if (!amplifier.isPowered || onAir !== undefined || amplifier.fault !== undefined) this.#idleSince = now;
    if (now - this.#idleSince > TOWER_LAWS.idle_ms)
      this.#breach(`I7: the amplifier is on and nobody speaks, since ${this.#idleSince}`);
    this.#notTooLong(now);
  }

  /** At a stretch for no longer than its limit, beside what alerts, ceremonies and a broken relay took of it. */
  #notTooLong(now: number): void {
    const { amplifier, onAir } = this.#tower;
    const since = amplifier.poweredSince;
    if (since === undefined) {
      this.#stretch = undefined;
      return;
    }
    if (this.#stretch?.since !== since) this.#stretch = { since, excused_ms: 0, at: now };
    const isExcused = amplifier.fault !== undefined || (onAir !== undefined && onAir.band >= BANDS.ceremony);
    if (isExcused) this.#stretch.excused_ms += now - this.#stretch.at;
    this.#stretch.at = now;
    const most = TOWER_RULES.maxOnMs + this.#stretch.excused_ms + TOWER_LAWS.around_ms;
    if (now - since > most) this.#breach(`I7: the amplifier is on since ${since}, at most ${most} ms`);
  }

  #proofIsTrue({ play, from, until, audible, frames, performed }: Sounded): void {
    const { tower, end } = performed;
    if (tower === undefined) {
      if (audible !== undefined) this.#breach(`proof: ${play.id} sounded and ended ${end} without evidence`);
      return;
    }
    if (tower.frames > frames)
      this.#breach(`proof: ${play.id} tells of ${tower.frames} frames, its card took ${frames}`);
    if (end === 'finished' && audible === undefined) this.#breach(`proof: ${play.id} finished in silence`);
    if (audible === undefined) return;
    this.proofs[tower.amplifier] += 1;
    const lies = this.#liesOf(tower, { from: audible.from, until: Math.min(audible.until, until) }, from);
    for (const lie of lies) this.#breach(`proof: ${play.id} ${lie}`);
  }

  *#liesOf(tower: TowerEvidence, { from, until }: { from: number; until: number }, taken: number) {
    const { amplifier } = this.#tower;
    const without_ms = until - from - amplifier.poweredMs(from, until);
    if (tower.amplifier === 'on' && without_ms > TOWER_LAWS.blind_ms)
      yield `says on, and was without power for ${without_ms} ms of ${until - from}`;
    if (tower.amplifier === 'failed' && without_ms === 0 && amplifier.faultyMs(taken, until) === 0)
      yield 'says failed, and nothing was wrong';
    const { current_ma } = tower;
    if (current_ma === undefined) return;
    if (current_ma.min >= TOWER_RULES.noCurrentMa && without_ms > TOWER_LAWS.blind_ms)
      yield `says that current always flowed, and was without power for ${without_ms} ms`;
    if (current_ma.max < TOWER_RULES.noCurrentMa && without_ms === 0)
      yield 'says that no current flowed, and had power all the time';
  }
}
