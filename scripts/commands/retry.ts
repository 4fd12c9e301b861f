import type { Command } from 'commander';
import { counted } from '../cli/counted.ts';
import { wholeNumber } from '../cli/whole-number.ts';
import type { Cli } from '../cli.ts';

/** `prakat retry`: an order once more, to the halls alone that did not answer. */
export function register(program: Command, cli: Cli): void {
  program
    .command('retry')
    .argument('<order>', cli.text({ en: 'its id, as push told it', th: 'รหัสคำสั่ง ตามที่ push แสดง' }))
    .option(
      '--expires-in-s <seconds>',
      cli.text({
        en: 'of the new order, where the old one has expired',
        th: 'อายุของคำสั่งใหม่ หากคำสั่งเดิมหมดเวลาแล้ว (วินาที)',
      }),
      wholeNumber('--expires-in-s', 10, 86_400),
    )
    .action(async (order: string, { expiresInS }: { expiresInS?: number }) => {
      const { asOperator } = await import('../operator/session.ts');
      await asOperator(async (operator) => {
        const retried = await operator.ask('retry', { order, expires_in_s: expiresInS });
        const halls = retried.orders.reduce((sum, { devices }) => sum + devices, retried.hurried);
        cli.tell(
          halls === 0
            ? { en: 'no hall is silent', th: 'ไม่มีหอที่เงียบ' }
            : { en: `sent again to ${halls} silent halls`, th: `ส่งซ้ำถึงหอที่ไม่ตอบ ${halls} หอ` },
        );
        for (const each of retried.orders)
          cli.say(
            `${each.order}  ${cli.text({ en: counted(each.devices, 'hall'), th: `${each.devices} หอ` })}`,
          );
        cli.print(retried);
      });
    });
}
