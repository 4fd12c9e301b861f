import type { Command } from 'commander';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { when } from '../cli/when.ts';
import { wholeNumber } from '../cli/whole-number.ts';
import type { Words } from '../cli/words.ts';
import type { Cli } from '../cli.ts';

type Row = AnswerTo<'explain'>['plan'][number];

const VERDICTS: Record<Row['verdict'], Words> = {
  plays: { en: 'plays', th: 'ออกอากาศ' },
  waits: { en: 'waits', th: 'รอ' },
  cut: { en: 'is cut', th: 'ถูกตัด' },
  loses: { en: 'loses', th: 'ไม่ได้ออก' },
};

/** `prakat explain`: what a village will hear and see, why, and what lost. */
export function register(program: Command, cli: Cli): void {
  program
    .command('explain')
    .argument('<who>', cli.text({ en: 'a village, or device/<id>', th: 'รหัสหมู่บ้าน หรือ device/<id>' }))
    .option(
      '--from <instant>',
      cli.text({ en: 'RFC 3339; otherwise now', th: 'เวลาเริ่ม (RFC 3339) ปกติคือตอนนี้' }),
    )
    .option(
      '--hours <n>',
      cli.text({ en: 'how far ahead', th: 'ดูล่วงหน้ากี่ชั่วโมง' }),
      wholeNumber('--hours', 1, 744),
      24,
    )
    .action(async (who: string, { from, hours }: { from?: string; hours: number }) => {
      const { asOperator } = await import('../operator/session.ts');
      const { OUTPUT_WORDS } = await import('../operator/play-words.ts');
      await asOperator(async (operator) => {
        const explained = await operator.ask('explain', { who, hours, from });
        for (const { starts, output, verdict, title, because, why } of explained.plan)
          cli.say(
            [
              when(starts, cli.lang),
              cli.text(OUTPUT_WORDS[output]).padEnd(5),
              cli.text(VERDICTS[verdict]).padEnd(6),
              `${title}  (${why === undefined ? because : cli.text(why)})`,
            ].join('  '),
          );
        if (explained.plan.length === 0) cli.tell({ en: 'nothing is planned', th: 'ไม่มีรายการในช่วงนี้' });
        cli.print(explained);
      });
    });
}
