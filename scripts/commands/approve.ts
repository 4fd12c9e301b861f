import type { Command } from 'commander';
import { counted } from '../cli/counted.ts';
import type { Words } from '../cli/words.ts';
import { type Cli, Failed, Misused } from '../cli.ts';

interface ApproveOptions {
  refuse?: string;
  sha256?: string;
  all?: true;
  follow: boolean;
}

/** `prakat approve`: what waits for a second person; yes or no to it. */
export function register(program: Command, cli: Cli): void {
  program
    .command('approve')
    .argument(
      '[order]',
      cli.text({
        en: 'say yes to this one; without it, all that waits is shown',
        th: 'อนุมัติคำสั่งนี้ หากไม่ระบุ จะแสดงทั้งหมดที่รอ',
      }),
    )
    .option(
      '--refuse <reason>',
      cli.text({
        en: 'say no, and why; also takes back what is your own',
        th: 'ไม่อนุมัติ พร้อมเหตุผล ใช้ถอนคำขอของตนเองได้',
      }),
    )
    .option(
      '--sha256 <hash>',
      cli.text({
        en: 'yes only if its content is still this (default: as shown now)',
        th: 'อนุมัติเฉพาะเมื่อเนื้อหายังตรงกับค่านี้ (ปกติ: ตามที่แสดง)',
      }),
    )
    .option('--all', cli.text({ en: 'also what was decided', th: 'รวมรายการที่ตัดสินแล้ว' }))
    .option('--no-follow', cli.text({ en: 'do not wait for the halls', th: 'ไม่รอผลจากหอ' }))
    .action((order: string | undefined, options: ApproveOptions) => {
      if (order === undefined && options.refuse !== undefined)
        throw new Misused({ en: '--refuse needs an order', th: '--refuse ต้องระบุคำสั่ง' });
      return order === undefined ? shown(options, cli) : decided(order, options, cli);
    });
}

async function shown({ all }: ApproveOptions, cli: Cli): Promise<void> {
  const { asOperator } = await import('../operator/session.ts');
  const { heldWords } = await import('../operator/held-words.ts');
  await asOperator(async (operator) => {
    const answer = await operator.ask('approvals', { all });
    if (answer.held.length === 0) cli.tell({ en: 'nothing waits', th: 'ไม่มีรายการรออนุมัติ' });
    for (const held of answer.held) cli.tell(heldWords(held));
    cli.print(answer);
  });
}

async function decided(order: string, options: ApproveOptions, cli: Cli): Promise<void> {
  const { asOperator } = await import('../operator/session.ts');
  const { heldAt } = await import('../operator/held-at.ts');
  const { heldWords, standingWords } = await import('../operator/held-words.ts');
  const { askProven } = await import('../operator/step-up.ts');
  const { conclude, followOrder } = await import('../operator/follow.ts');
  const { interruptible } = await import('../operator/interrupt.ts');
  await asOperator(async (operator) => {
    if (options.refuse !== undefined) {
      const answer = await operator.ask('refuse', { order, reason: options.refuse });
      cli.tell({ en: `${order} is refused`, th: `ไม่อนุมัติ ${order} แล้ว` });
      return cli.print(answer);
    }
    const held = await heldAt(operator, order);
    if (held === undefined) throw nothingAt(order);
    cli.tell(heldWords(held));
    if (held.state !== 'waiting') throw decidedBefore(standingWords(held));
    const sha256 = options.sha256 ?? held.sha256;
    const approved = await askProven(operator, 'approve', { order, sha256 }, cli);
    if (approved.programme !== undefined) {
      const { area, version } = approved.programme;
      cli.tell({
        en: `published: ${area}, version ${version}, for ${counted(approved.devices, 'hall')}`,
        th: `เผยแพร่แล้ว: ${area} ฉบับที่ ${version} ถึง ${approved.devices} หอ`,
      });
      return cli.print(approved);
    }
    cli.tell({
      en: `approved: order ${order} for ${counted(approved.devices, 'hall')}`,
      th: `อนุมัติแล้ว: คำสั่ง ${order} ถึง ${approved.devices} หอ`,
    });
    if (!options.follow) return cli.print(approved);
    await interruptible(async (interrupted) =>
      conclude(await followOrder(operator, order, cli, interrupted), cli),
    );
  });
}

function nothingAt(order: string): Failed {
  return new Failed(
    {
      en: `${order} does not wait for anybody here; what waits is shown by prakat approve`,
      th: `${order} ไม่ได้รออนุมัติอยู่ที่นี่ ดูรายการที่รอด้วย prakat approve`,
    },
    { code: 'not-waiting' },
  );
}

/** Who got no answer to a yes and says it again is told how it ended. */
function decidedBefore({ en, th }: Words): Failed {
  return new Failed({ en: `it waits no longer: ${en}`, th: `ไม่ได้รออนุมัติแล้ว: ${th}` }, { code: 'not-waiting' });
}
