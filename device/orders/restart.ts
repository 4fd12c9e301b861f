import type { Output } from '../../firmware-protocol/content/band.ts';
import type { PlayOrder } from '../../firmware-protocol/content/order.ts';
import type { Outcome, PlayId } from '../../firmware-protocol/content/report.ts';
import type { Play } from '../playout/play.ts';
import type { Claim } from '../ports.ts';
import { ended } from './ended.ts';
import { knowsTheTime } from './here.ts';
import { keptOrder } from './kept-order.ts';
import type { OrderNeeds } from './needs.ts';
import { playOf } from './play-of.ts';
import type { Silenced } from './silenced.ts';

export interface RestartNeeds extends OrderNeeds {
  silenced: Silenced;
  /** The play of an occurrence, as the programmes say it now; undefined = it is no longer due. */
  occurrence: (id: PlayId) => Play | undefined;
}

/** What becomes of one open claim: it plays, it ends, or that is decided when the clock is known. */
type Verdict = { play: Play } | { outcome: Outcome; reason: string } | 'when the clock is known';

/** Settles what a power cut left behind, once per claim: nothing stays open, nothing plays twice (I2, I3). */
export class Restart {
  readonly #needs: RestartNeeds;
  #open: Claim[] = [];
  #settling: Promise<void> = Promise.resolve();

  constructor(needs: RestartNeeds) {
    this.#needs = needs;
  }

  /** Before anything of this boot is accepted: reads what the last one left, and settles what needs no clock. */
  async begin(): Promise<void> {
    this.#open = await this.#needs.store.openClaims();
    await this.settle();
  }

  /** Again whenever the clock becomes better known. Never rejects: what is unsettled stays for the next call. */
  settle(): Promise<void> {
    // One after the other: two at once would hand the same play over twice.
    this.#settling = this.#settling.then(() => this.#settleAll());
    return this.#settling;
  }

  /** One whose end cannot be written now keeps no other from playing. */
  async #settleAll(): Promise<void> {
    for (const id of new Set(this.#open.map((claim) => claim.play)))
      await this.#settlePlay(id).catch(this.#needs.failed);
  }

  /** All outputs of one play in one go, so that it is handed over as one. */
  async #settlePlay(id: PlayId): Promise<void> {
    let again: Play | undefined;
    try {
      for (const claim of this.#open.filter(({ play }) => play === id)) {
        const verdict = await this.#verdictOn(claim);
        if (verdict === 'when the clock is known') continue;
        if ('play' in verdict) again = withOutput(verdict.play, claim.output, again);
        else await this.#end(claim, verdict.outcome, verdict.reason);
        this.#open = this.#open.filter((each) => each !== claim);
      }
    } finally {
      if (again !== undefined) this.#needs.playout.submit(again);
    }
  }

  async #verdictOn(claim: Claim): Promise<Verdict> {
    const order = keptOrder(claim.document);
    if (claim.state === 'started' && order?.at_least_once !== true)
      return { outcome: 'interrupted', reason: 'power-lost' };
    if (claim.document !== undefined && order === undefined)
      return { outcome: 'rejected', reason: 'not-understood' };
    if (await this.#isSilenced(claim, order)) return { outcome: 'cancelled', reason: 'stopped' };
    const here = this.#needs.here();
    if (!knowsTheTime(here)) return 'when the clock is known';
    if (claim.keep_until < here.now) return { outcome: 'expired', reason: 'late' };
    const play = order === undefined ? this.#needs.occurrence(claim.play) : playOf(order, claim.keep_until);
    return play === undefined ? { outcome: 'cancelled', reason: 'withdrawn' } : { play };
  }

  async #isSilenced(claim: Claim, order: PlayOrder | undefined): Promise<boolean> {
    const { silenced } = this.#needs;
    return order === undefined ? silenced.coversOccurrence(claim.at) : silenced.covers(order);
  }

  async #end(claim: Claim, outcome: Outcome, reason: string): Promise<void> {
    const { journal, here } = this.#needs;
    await journal.record([ended(claim.play, claim.output, outcome, here().now, reason)], {
      claims: [{ ...claim, state: 'ended', outcome }],
    });
  }
}

/** The play on the outputs that are still open, and no others. */
function withOutput(play: Play, output: Output, sofar: Play | undefined): Play {
  return { ...play, outputs: [...(sofar?.outputs ?? []), output] };
}
