import type { HallRow } from '../../../firmware-protocol/mqtt/hall-requests.ts';
import { timeWords } from '../time/thai-time.ts';
import type { Language, Say } from '../words/language.ts';
import type { FleetWord } from './fleet-words.ts';
import { isClockSure, outputOf, placeOf, presenceOf, titlesOf } from './hall-facts.ts';

const HEAD: readonly FleetWord[] = [
  'hall',
  'device',
  'village',
  'tambon',
  'district',
  'province',
  'status',
  'seen',
  'tower',
  'panel',
  'clockColumn',
  'warnings',
  'playing',
  'version',
];

export const csvHead = (say: Say<FleetWord>): string[] => HEAD.map((word) => say(word));

/** A hall as a row of a spreadsheet: every column, whichever are on the screen. */
export function csvRow(
  row: HallRow,
  nameOf: (area: string) => string | undefined,
  say: Say<FleetWord>,
  lang: Language,
): string[] {
  const { tambon, district, province } = placeOf(row.village, nameOf);
  const isSure = isClockSure(row);
  const told = (word: FleetWord | undefined) => (word === undefined ? '' : say(word));
  return [
    ...[row.name, row.device, row.village, tambon, district, province],
    say(presenceOf(row)),
    row.seen_at === undefined ? '' : timeWords(row.seen_at, 'moment', lang),
    told(outputOf(row, 'tower')),
    told(outputOf(row, 'panel')),
    told(isSure === undefined ? undefined : isSure ? 'clockGood' : 'clockBad'),
    row.warnings.join(' '),
    titlesOf(row).join(' / '),
    row.version ?? '',
  ];
}
