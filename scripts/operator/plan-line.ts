import { OUTPUT_WORDS } from '../../firmware-protocol/mqtt/play-words.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { when } from '../cli/when.ts';
import type { Words } from '../cli/words.ts';
import type { Cli } from '../cli.ts';

type Row = AnswerTo<'explain'>['plan'][number];

const VERDICTS: Record<Row['verdict'], Words> = {
  plays: { en: 'plays', th: 'ออกอากาศ' },
  waits: { en: 'waits', th: 'รอ' },
  cut: { en: 'is cut', th: 'ถูกแทรก' },
  loses: { en: 'loses', th: 'ไม่ได้ออก' },
};

/** One line of what a village will hear or see, and why. */
export function lineOfPlan({ starts, output, verdict, title, because, why }: Row, cli: Cli): string {
  return [
    when(starts, cli.lang),
    cli.text(OUTPUT_WORDS[output]).padEnd(5),
    cli.text(VERDICTS[verdict]).padEnd(6),
    `${title}  (${why === undefined ? because : cli.text(why)})`,
  ].join('  ');
}
