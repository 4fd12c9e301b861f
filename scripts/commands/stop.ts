import type { Command } from 'commander';
import { counted } from '../cli/counted.ts';
import { type Cli, Misused } from '../cli.ts';

/** `prakat stop`: ends one order, or everything below life-safety in an area. */
export function register(program: Command, cli: Cli): void {
  program
    .command('stop')
    .argument('[order]', cli.text({ en: 'its id, as push told it', th: 'รหัสคำสั่ง ตามที่ push แสดง' }))
    .option(
      '--to <area...>',
      cli.text({
        en: 'where; without an order: everything below life-safety stops there',
        th: 'พื้นที่ หากไม่ระบุคำสั่ง จะหยุดทุกอย่างที่นั่น ยกเว้นการเตือนภัยถึงชีวิต',
      }),
    )
    .option('--follow', cli.text({ en: 'wait until the halls answered', th: 'รอจนหอตอบกลับ' }))
    .action((order: string | undefined, options: { to?: string[]; follow?: true }) =>
      stop(order, options, cli),
    );
}

async function stop(
  order: string | undefined,
  options: { to?: string[]; follow?: true },
  cli: Cli,
): Promise<void> {
  if (order === undefined && options.to === undefined)
    throw new Misused({ en: 'stop needs an order, or --to', th: 'ต้องระบุคำสั่งที่จะหยุด หรือ --to' });
  const { asOperator } = await import('../operator/session.ts');
  const { conclude, followOrder } = await import('../operator/follow.ts');
  const { interruptible } = await import('../operator/interrupt.ts');
  await asOperator(async (operator) => {
    const stopped = await operator.ask('stop', { order, to: options.to });
    cli.tell({
      en: `stop ${stopped.order} sent to ${counted(stopped.devices, 'hall')}`,
      th: `ส่งคำสั่งหยุด ${stopped.order} ถึง ${stopped.devices} หอ`,
    });
    if (options.follow === undefined) return cli.print(stopped);
    await interruptible(async (interrupted) =>
      conclude(await followOrder(operator, stopped.order, cli, interrupted), cli),
    );
  });
}
