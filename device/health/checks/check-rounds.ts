import { WARNINGS, type WarningCode } from '../warning-catalogue.ts';
import type { WarningRow } from '../warning-row.ts';
import type { Warnings } from '../warnings.ts';
import { CHECKS, type Check, type Found, type Seen } from './check-table.ts';

/**
 * Rounds in a row, a minute apart: what comes and goes with a breath is no warning, and what comes with every announcement is one
 * and not twenty a day.
 */
const ROUNDS = { toRaise: 2, toClear: 10 } as const;

/** One check as a technician reads it: what was measured, beside what, and what to do about it. */
export interface ExplainedCheck {
  check: string;
  result: 'ok' | 'bad' | 'not-known';
  figure?: string;
  limit?: string;
  warning: number;
  cause: { en: string; th: string };
  remedy: { en: string; th: string };
}

interface Standing {
  found: Found | undefined;
  /** Rounds in a row that contradict what is raised. */
  against: number;
  isRaised: boolean;
}

/** Holds what is seen against the table, round by round; what is bad becomes a warning, what is good again clears it. */
export class CheckRounds {
  readonly #warnings: Pick<Warnings, 'raise' | 'clear' | 'has'>;
  readonly #standing = new Map<Check, Standing>();

  constructor(warnings: Pick<Warnings, 'raise' | 'clear' | 'has'>) {
    this.#warnings = warnings;
  }

  take(seen: Seen): void {
    for (const check of CHECKS) this.#judge(check, seen);
    const raised = new Map<WarningCode, string[]>();
    for (const [check, { found, isRaised }] of this.#standing)
      if (isRaised)
        raised.set(check.warning, [
          ...(raised.get(check.warning) ?? []),
          `${check.id}: ${found?.figure ?? '-'}`,
        ]);
    for (const { warning } of CHECKS) {
      const details = raised.get(warning);
      if (details === undefined) this.#warnings.clear(warning);
      else this.#warnings.raise(warning, details.join('; '));
    }
  }

  explained(): ExplainedCheck[] {
    return CHECKS.map((check) => {
      const found = this.#standing.get(check)?.found;
      const { number, en, th }: WarningRow = WARNINGS[check.warning];
      return {
        check: check.id,
        result: found === undefined ? 'not-known' : found.isBad ? 'bad' : 'ok',
        ...(found && { figure: found.figure, limit: found.limit }),
        warning: number,
        cause: { en: en.cause, th: th.cause },
        remedy: { en: en.remedy, th: th.remedy },
      };
    });
  }

  #judge(check: Check, seen: Seen): void {
    // What the run before had raised is bad until it has been well for as long as if there had been no restart.
    const before = this.#standing.get(check) ?? {
      ...{ found: undefined, against: 0, isRaised: this.#warnings.has(check.warning) },
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
