import type { Command } from 'commander';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { counted } from '../cli/counted.ts';
import type { Cli } from '../cli.ts';
import { dayAfter, lineOfDays } from '../operator/planned-days.ts';

interface Options {
  from?: string;
  until?: string;
  below?: boolean;
  draft?: boolean;
}

/** Without a last day: a week. */
const DAYS_AHEAD = 6;

/** `prakat occurrences`: when each entry of the plans comes, day by day, before anybody asks what wins. */
export function register(program: Command, cli: Cli): void {
  program
    .command('occurrences')
    .argument('<area>', cli.text({ en: 'th, or a DOPA code', th: 'th หรือรหัสพื้นที่' }))
    .option(
      '--from <day>',
      cli.text({ en: '2026-11-13; otherwise today', th: 'วันเริ่ม เช่น 2026-11-13 ปกติคือวันนี้' }),
    )
    .option('--until <day>', cli.text({ en: 'otherwise a week', th: 'วันสุดท้าย ปกติคือหนึ่งสัปดาห์' }))
    .option('--below', cli.text({ en: 'also what areas inside it plan', th: 'รวมผังรายการของพื้นที่ภายใน' }))
    .option(
      '--draft',
      cli.text({ en: "the area's own plan as its draft has it", th: 'ใช้ร่างผังรายการของพื้นที่นี้' }),
    )
    .action(async (area: string, { below, draft, ...days }: Options) => {
      const from = days.from ?? instantOf(Date.now()).slice(0, 10);
      const until = days.until ?? dayAfter(from, DAYS_AHEAD);
      const { asOperator } = await import('../operator/session.ts');
      await asOperator(async (operator) => {
        const rows: AnswerTo<'occurrences'>['rows'] = [];
        let page: AnswerTo<'occurrences'> | undefined;
        do {
          const wish = { area, from, until, below, which: draft ? 'draft' : 'published' };
          page = await operator.ask('occurrences', { ...wish, after: page?.next });
          rows.push(...page.rows);
        } while (page.next !== undefined);
        tell({ ...page, rows }, cli);
        cli.print({ ...page, rows });
      });
    });
}

function tell({ area, from, until, rows, slots, faults }: AnswerTo<'occurrences'>, cli: Cli): void {
  cli.tell({
    en: `planned for ${area} from ${from} to ${until}: ${counted(rows.length, 'entry')}`,
    th: `ผังรายการของ ${area} ตั้งแต่ ${from} ถึง ${until}: ${rows.length} รายการ`,
  });
  for (const row of rows) {
    const draft = row.draft ? cli.text({ en: '  (draft)', th: '  (ร่าง)' }) : '';
    cli.say(`${row.area}/${row.entry}  [${row.band}]  ${row.title}${draft}`);
    for (const days of row.on) cli.say(`  ${lineOfDays(days, from, cli)}`);
  }
  for (const slot of slots) {
    cli.tell({
      en: `${slot.area}/${slot.id}  ${slot.minutes} minutes are left to others`,
      th: `${slot.area}/${slot.id}  เว้นไว้ให้พื้นที่ภายใน ${slot.minutes} นาที`,
    });
    for (const days of slot.on) cli.say(`  ${lineOfDays(days, from, cli)}`);
  }
  for (const { area: of, entry, en, th } of faults) cli.say(`${of}/${entry}: ${cli.text({ en, th })}`);
}
