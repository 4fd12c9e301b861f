import { WARNINGS, type WarningCode } from '../../firmware-protocol/content/warnings/warning-catalogue.ts';
import type { Words } from '../cli/words.ts';

/** A warning of a hall as its number and what it means; a code of a newer hall stays what it is. */
export function warningWords(code: string): Words {
  const known = (Object.keys(WARNINGS) as WarningCode[]).find((each) => each === code);
  if (known === undefined) return { en: code, th: code };
  const { number, en, th } = WARNINGS[known];
  return { en: `${number} ${code}: ${en.says}`, th: `${number} ${code}: ${th.says}` };
}
