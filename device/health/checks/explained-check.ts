import { WARNINGS, type WarningCode } from '../../../firmware-protocol/content/warnings/warning-catalogue.ts';
import type { WarningRow } from '../../../firmware-protocol/content/warnings/warning-row.ts';
import type { Check, Found, Seen, Words } from './check.ts';
import { CHECKS } from './check-table.ts';

/** One check as a technician reads it: what was measured, beside what, and what to do about it. */
export interface ExplainedCheck {
  check: string;
  result: 'ok' | 'bad' | 'not-known';
  figure?: string;
  limit?: string;
  figure_th?: string;
  limit_th?: string;
  /** Where it is bad the hall does not do its work. */
  grave?: boolean;
  warning: number;
  cause: Words;
  remedy: Words;
}

/** What is raised now, with what was said; a technician without an agent knows of nothing. */
type Raised = (code: WarningCode) => { detail?: string | undefined } | undefined;

/**
 * Every check explained; a part that the hall does not have is left out. `isBadSince`: whether a check was bad before, which is
 * what its margin goes by.
 */
export function explain(
  seen: Seen | undefined,
  raised: Raised = () => undefined,
  isBadSince: (check: Check) => boolean = () => false,
): ExplainedCheck[] {
  return CHECKS.flatMap((check) => {
    const found = seen && check.look(seen, isBadSince(check));
    if (!check.isOwners) return [explained(check, found, check.warnings[0])];
    const code = check.warnings.find((each) => raised(each) !== undefined);
    if (found === undefined && code === undefined) return [];
    return [explained(check, withWarning(found, code, code && raised(code)), code ?? check.warnings[0])];
  });
}

/** What its owner says is wrong with it stands before what it measured. */
function withWarning(
  found: Found | undefined,
  code: WarningCode | undefined,
  raised: { detail?: string | undefined } | undefined,
): Found | undefined {
  if (code === undefined) return found;
  const { en, th }: WarningRow = WARNINGS[code];
  const more = [raised?.detail, found?.figure.en]
    .filter((part) => part !== undefined && part !== '')
    .join('; ');
  const said = (says: string) => (more === '' ? says : `${says}: ${more}`);
  return {
    figure: { en: said(en.says), th: said(th.says) },
    limit: { en: '-', th: '-' },
    isBad: true,
  };
}

function explained(check: Check, found: Found | undefined, code: WarningCode): ExplainedCheck {
  const { number, en, th }: WarningRow = WARNINGS[code];
  return {
    check: check.id,
    result: found === undefined ? 'not-known' : found.isBad ? 'bad' : 'ok',
    ...(found && {
      ...{ figure: found.figure.en, limit: found.limit.en },
      ...{ figure_th: found.figure.th, limit_th: found.limit.th },
    }),
    ...(check.isGrave && { grave: true }),
    warning: number,
    cause: { en: en.cause, th: th.cause },
    remedy: { en: en.remedy, th: th.remedy },
  };
}
