import { isRefused, type Verdict } from '../keys/document.ts';

/**
 * A document that comes before the keys it is signed with is refused, and a broker shows it once. When other keys are trusted it is
 * asked for again.
 */
export class EarlyDocuments {
  readonly #askAgain: () => void;
  #wasThere = false;

  constructor(askAgain: () => void) {
    this.#askAgain = askAgain;
  }

  judged(verdict: Verdict | undefined): void {
    if (typeof verdict === 'object' && isRefused(verdict) && verdict.refused === 'unknown-key')
      this.#wasThere = true;
  }

  keysJudged(verdict: Verdict): void {
    if (verdict !== 'taken' || !this.#wasThere) return;
    this.#wasThere = false;
    this.#askAgain();
  }
}
