import { BOX_CHECKS } from './box-checks.ts';
import type { Check } from './check.ts';
import { HALL_CHECKS } from './hall-checks.ts';
import { PART_CHECKS } from './part-checks.ts';

/**
 * Each check of a hall: what is looked at, and from where to where it is bad. Agent and technician go by this one table; cause
 * and remedy stand in the catalogue of warnings.
 */
export const CHECKS: readonly Check[] = [...BOX_CHECKS, ...HALL_CHECKS, ...PART_CHECKS];
