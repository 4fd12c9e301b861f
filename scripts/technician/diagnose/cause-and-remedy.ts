import { WARNINGS, type WarningCode } from '../../../firmware-protocol/content/warnings/warning-catalogue.ts';
import type { WarningRow } from '../../../firmware-protocol/content/warnings/warning-row.ts';
import type { Words } from '../../cli/words.ts';

/** What the catalogue of warnings says of it: there is no second place for these words. */
export function causeAndRemedy(code: WarningCode): { cause: Words; remedy: Words } {
  const { en, th }: WarningRow = WARNINGS[code];
  return { cause: { en: en.cause, th: th.cause }, remedy: { en: en.remedy, th: th.remedy } };
}
