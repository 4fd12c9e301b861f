import type { Command } from 'commander';
import { type Cli, Misused } from '../cli.ts';
import { asOperator } from '../operator/session.ts';

/** `prakat explain`: what a village will hear and see, why, and what lost. */
export function register(program: Command, cli: Cli): void {
  program
    .command('explain <who>')
    .description('what a village (or device/<id>) will hear and see, and why / จะได้ยินและเห็นอะไร เพราะเหตุใด')
    .option('--from <instant>', 'RFC 3339; default now')
    .option('--hours <n>', 'how far ahead', '24')
    .action(async (who: string, options: { from?: string; hours: string }) => {
      const hours = Number(options.hours);
      if (!Number.isInteger(hours)) throw new Misused('--hours is a whole number');
      await asOperator(async (operator) => {
        const explained = await operator.ask('explain', {
          who,
          hours,
          ...(options.from === undefined ? {} : { from: options.from }),
        });
        for (const row of explained.plan)
          cli.say(
            `${row.starts}  ${row.output.padEnd(5)}  ${row.verdict.padEnd(5)}  ${row.title}  (${row.because})`,
          );
        if (explained.plan.length === 0) cli.tell({ en: 'nothing is planned', th: 'ไม่มีรายการในช่วงนี้' });
        cli.print(explained);
      });
    });
}
