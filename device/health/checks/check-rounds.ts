import type { WarningCode } from '../../../firmware-protocol/content/warnings/warning-catalogue.ts';
import type { Warnings } from '../warnings.ts';
import type { Check, Found, Seen } from './check.ts';
import { CHECKS } from './check-table.ts';
import { type ExplainedCheck, explain } from './explained-check.ts';

/**
 * Rounds in a row, a minute apart: what comes and goes with a breath is no warning, and what comes with every announcement is one
 * and not twenty a day.
 */
const ROUNDS = { toRaise: 2, toClear: 10 } as const;

interface Standing {
  found: Found | undefined;
  /** Rounds in a row that contradict what is raised. */
  against: number;
  isRaised: boolean;
}

/** Holds what is seen against the table, round by round; what is bad becomes a warning, what is good again clears it. */
export class CheckRounds {
  readonly #warnings: Pick<Warnings, 'raise' | 'clear' | 'has' | 'detail'>;
  readonly #standing = new Map<Check, Standing>();
  #seen: Seen | undefined;

  constructor(warnings: Pick<Warnings, 'raise' | 'clear' | 'has' | 'detail'>) {
    this.#warnings = warnings;
  }

  take(seen: Seen): void {
    this.#seen = seen;
    const own = CHECKS.filter(({ isOwners }) => !isOwners);
    for (const check of own) this.#judge(check, seen);
    const raised = new Map<WarningCode, string[]>();
    for (const [check, { found, isRaised }] of this.#standing)
      for (const code of isRaised ? check.warnings : [])
        raised.set(code, [...(raised.get(code) ?? []), `${check.id}: ${found?.figure.en ?? '-'}`]);
    for (const code of own.flatMap(({ warnings }) => warnings)) {
      const details = raised.get(code);
      if (details === undefined) this.#warnings.clear(code);
      else this.#warnings.raise(code, details.join('; '));
    }
  }

  /** As of the last round, or of what is seen at this moment, which counts as no round. */
  explained(seen = this.#seen): ExplainedCheck[] {
    const warnings = this.#warnings;
    return explain(
      seen,
      (code) => (warnings.has(code) ? { detail: warnings.detail(code) } : undefined),
      (check) => this.#standing.get(check)?.isRaised ?? false,
    );
  }

  #judge(check: Check, seen: Seen): void {
    // What the run before had raised is bad until it has been well for as long as if there had been no restart.
    const before = this.#standing.get(check) ?? {
      ...{ found: undefined, against: 0, isRaised: this.#warnings.has(check.warnings[0]) },
    };
    const found = check.look(seen, before.isRaised);
    // What is no longer known is not known to be bad either; it takes as long to be believed.
    const isBad = found?.isBad ?? false;
    const against = isBad === before.isRaised ? 0 : before.against + 1;
    const turns = against >= (isBad ? ROUNDS.toRaise : ROUNDS.toClear);
    this.#standing.set(check, {
      found,
      against: turns ? 0 : against,
      isRaised: turns ? isBad : before.isRaised,
    });
  }
}
