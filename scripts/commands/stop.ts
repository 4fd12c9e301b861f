import type { Command } from 'commander';
import { type Cli, Misused } from '../cli.ts';
import { asOperator } from '../operator/session.ts';

/** `prakat stop`: ends one order, or everything below life-safety in an area. */
export function register(program: Command, cli: Cli): void {
  program
    .command('stop [order]')
    .description('stop one order, or with --to everything there / หยุดประกาศ')
    .option('--to <area...>', 'where; without an order: everything below life-safety stops there')
    .action(async (order: string | undefined, options: { to?: string[] }) => {
      if (order === undefined && options.to === undefined) throw new Misused('stop needs an order or --to');
      await asOperator(async (operator) => {
        const stopped = await operator.ask('stop', {
          ...(order === undefined ? {} : { order }),
          ...(options.to === undefined ? {} : { to: options.to }),
        });
        cli.tell({
          en: `stop ${stopped.order} sent to ${stopped.devices} devices`,
          th: `ส่งคำสั่งหยุด ${stopped.order} ถึง ${stopped.devices} หอ`,
        });
        cli.print(stopped);
      });
    });
}
