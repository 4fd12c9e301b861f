import type { Output } from '../../firmware-protocol/content/band.ts';
import type { Outcome, PlayId, ReportEvent } from '../../firmware-protocol/content/report.ts';
import type { Claim } from '../ports.ts';
import type { Acceptance } from './play.ts';

/** What the store has not been told yet of plays that did not wait for it. */
export class Owed {
  readonly #owed = new Map<PlayId, Acceptance>();

  has(play: PlayId): boolean {
    return this.#owed.has(play);
  }

  owe(play: PlayId, acceptance: Acceptance): void {
    this.#owed.set(play, acceptance);
  }

  /** An end that is told with the acceptance. False = nothing is owed of this play. */
  addEnd(play: PlayId, output: Output, event: ReportEvent, outcome: Outcome): boolean {
    const owed = this.#owed.get(play);
    if (owed === undefined) return false;
    const ended = (claim: Claim): Claim => ({ ...claim, state: 'ended', outcome });
    this.#owed.set(play, {
      events: [...owed.events, event],
      claims: owed.claims.map((claim) => (claim.output === output ? ended(claim) : claim)),
    });
    return true;
  }

  /** To be written before anything else of this play, and in the same commit. */
  of(play: PlayId): Acceptance | undefined {
    return this.#owed.get(play);
  }

  settled(play: PlayId): void {
    this.#owed.delete(play);
  }
}
