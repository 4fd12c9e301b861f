import type { Target } from '../../firmware-protocol/content/area.ts';
import { ServerError } from '../errors.ts';
import type { AlertSummary } from './alert-records.ts';

/** The word of a person on an alert that waits. */
export interface Decision {
  id: string;
  by: string;
  /** Another person has to say yes as well: its origin is not proven. */
  takesTwo?: boolean;
  /** Instead of whom the alert is for by itself. */
  to?: readonly Target[] | undefined;
  why?: string | undefined;
}

/** Whether somebody else said yes to it before, for the same places. Throws `own-request`, `content-differs`. */
export function isSecondYes({ firstYes }: AlertSummary, to: readonly Target[], by: string): boolean {
  if (firstYes === undefined) return false;
  if (firstYes.by === by) throw new ServerError('own-request');
  if (JSON.stringify([...firstYes.to].sort()) !== JSON.stringify([...to].sort()))
    throw new ServerError('content-differs');
  return true;
}
