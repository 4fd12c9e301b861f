import type { Command } from 'commander';
import { wholeNumber } from '../../cli/whole-number.ts';
import { type Cli, Failed } from '../../cli.ts';
import { interruptible } from '../../operator/interrupt.ts';
import { checkLine, lineFailure } from '../../technician/line-failure.ts';
import { LINE_WORDS } from '../../technician/line-option.ts';
import { figureWords, verdictOf, verdictWords } from '../../technician/line-verdict.ts';
import { measureRates } from '../../technician/measure-rates.ts';

interface MeasureOptions {
  line: string;
  seconds: number;
  rates?: boolean;
  address: number;
}

const MOST_SECONDS = 600;
const LAST_ADDRESS = 254;

/** `prakat panel measure`: what a line carries, and what of it arrives. */
export function registerMeasure(panel: Command, cli: Cli): void {
  panel
    .command('measure')
    .description(
      cli.text({
        en: 'how much a line loses, how fast it answers, what it carries',
        th: 'วัดสาย: ข้อมูลหายเท่าใด ตอบเร็วเท่าใด ส่งได้เท่าใด',
      }),
    )
    .requiredOption('--line <spec>', cli.text(LINE_WORDS))
    .option(
      '--seconds <n>',
      cli.text({ en: 'at each rate', th: 'วัดกี่วินาทีต่อความเร็ว' }),
      wholeNumber('--seconds', 1, MOST_SECONDS),
      5,
    )
    .option(
      '--rates',
      cli.text({ en: 'every rate that the board offers too', th: 'วัดทุกความเร็วที่บอร์ดรองรับด้วย' }),
    )
    .option(
      '--address <n>',
      cli.text({ en: 'of the board on a shared line', th: 'หมายเลขบอร์ดบนสายร่วม' }),
      wholeNumber('--address', 0, LAST_ADDRESS),
      0,
    )
    .action((options: MeasureOptions) => measure(options, cli));
}

/** Ends with 1 where a rate is dead; a noisy line carries its pages, and is no failure. */
async function measure({ line, seconds, rates = false, address }: MeasureOptions, cli: Cli): Promise<void> {
  checkLine(line);
  const measured = await interruptible((stop) =>
    measureRates(line, {
      address,
      secondsEach: seconds,
      allRates: rates,
      stop,
      onMeasured: (figures) => {
        for (const words of figureWords(figures)) cli.tell(words);
        cli.tell(verdictWords(verdictOf(figures)));
      },
    }),
  ).catch(async (error: unknown) => {
    throw await lineFailure(line, error);
  });
  const document = { line, rates: measured.map((one) => ({ ...one, verdict: verdictOf(one) })) };
  if (document.rates.some(({ verdict }) => verdict === 'dead'))
    throw new Failed(verdictWords('dead'), { code: 'line-dead', document });
  cli.print(document);
}
