import type { Command } from 'commander';
import { counted } from '../cli/counted.ts';
import { when } from '../cli/when.ts';
import type { Cli } from '../cli.ts';

interface ServerOptions {
  config?: string;
  root?: string;
}

/** `prakat keys`: which keys speak to the halls, and which halls know them; on the server's machine, other keys. */
export function register(program: Command, cli: Cli): void {
  const keys = program.command('keys').action(() => listed(cli));
  keys
    .command('list')
    .description(
      cli.text({ en: 'which there are; so does no word at all', th: 'รายการกุญแจ เหมือนไม่ระบุคำสั่งย่อย' }),
    )
    .action(() => listed(cli));
  const atServer = (name: string, says: { en: string; th: string }) =>
    keys
      .command(name)
      .description(cli.text(says))
      .option('--config <file>', cli.text({ en: 'configuration of the server', th: 'ไฟล์ตั้งค่าของเซิร์ฟเวอร์' }))
      .option(
        '--root <file>',
        cli.text({
          en: 'the root key, where it was taken away from secrets/',
          th: 'ไฟล์กุญแจราก หากย้ายออกจาก secrets/ แล้ว',
        }),
      );

  atServer('rotate', {
    en: 'new signing keys, for every day and for alarms; the old ones end after 35 days',
    th: 'ออกกุญแจลงนามใหม่ แยกงานประจำและเตือนภัย กุญแจเก่าใช้ได้อีก 35 วัน',
  })
    .option(
      '--area <code...>',
      cli.text({ en: 'for these areas only (default: as before)', th: 'เฉพาะพื้นที่นี้ (ปกติ: เท่าเดิม)' }),
    )
    .action(async ({ area, ...options }: ServerOptions & { area?: string[] }) => {
      const { rotated } = await import('../operator/key-counter.ts');
      const { set, made, retiring, outside } = await rotated(area, options);
      cli.tell({
        en: `key set ${set.version}: ${made.join(', ')} sign from an hour from now; ${retiring.join(', ')} end in 35 days. A running server hands it out within seconds`,
        th: `ชุดกุญแจรุ่น ${set.version}: ${made.join(', ')} เริ่มลงนามในหนึ่งชั่วโมง ${retiring.join(', ')} สิ้นสุดใน 35 วัน เซิร์ฟเวอร์ที่เปิดอยู่จะส่งให้หอภายในไม่กี่วินาที`,
      });
      if (outside > 0)
        cli.tell({
          en: `MIND: ${counted(outside, 'hall')} outside these areas will hear nobody when the old keys end, unless keys are made for them too (--area names all)`,
          th: `โปรดระวัง: มี ${outside} หออยู่นอกพื้นที่นี้ เมื่อกุญแจเก่าสิ้นสุดจะไม่มีใครสั่งงานหอเหล่านี้ได้ หากไม่ออกกุญแจให้ด้วย (ระบุทุกพื้นที่ใน --area)`,
        });
      cli.print({ version: set.version, made, retiring, outside });
    });
  atServer('revoke', {
    en: 'a key was stolen: halls refuse it as soon as they hear of it',
    th: 'กุญแจรั่วไหล: ให้หอเลิกเชื่อทันทีที่ได้รับชุดใหม่',
  })
    .argument('<key>', cli.text({ en: 'its id', th: 'ชื่อกุญแจ' }))
    .action(async (key: string, options: ServerOptions) => {
      const { revoked } = await import('../operator/key-counter.ts');
      const { set, made } = await revoked(key, options);
      const next = made.length === 0 ? '' : `; ${made.join(', ')}`;
      cli.tell({
        en: `key set ${set.version} is without ${key}${next}`,
        th: `ชุดกุญแจรุ่น ${set.version} ไม่มี ${key} แล้ว${next}`,
      });
      cli.print({ version: set.version, made });
    });
}

async function listed(cli: Cli): Promise<void> {
  const { asOperator } = await import('../operator/session.ts');
  await asOperator(async (operator) => {
    const answer = await operator.ask('keys', {});
    const versions = Object.entries(answer.halls);
    for (const { id, areas, uses, max_band, not_after } of answer.keys) {
      cli.tell({
        en: `${id.padEnd(18)} ${areas.join(' ')}, band ${max_band}, until ${when(not_after, 'en')}: ${uses.join(' ')}`,
        th: `${id.padEnd(18)} ${areas.join(' ')} ระดับ ${max_band} ถึง ${when(not_after, 'th')}: ${uses.join(' ')}`,
      });
    }
    const told = versions.map(([version, halls]) => `${version}: ${halls}`).join(', ');
    cli.tell({
      en: `key set ${answer.version}; halls by the set they hold: ${told || '-'}`,
      th: `ชุดกุญแจรุ่น ${answer.version} จำนวนหอตามรุ่นที่ถืออยู่: ${told || '-'}`,
    });
    cli.print(answer);
  });
}
