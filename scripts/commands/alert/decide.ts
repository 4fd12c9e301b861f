import type { Command } from 'commander';
import type { AlertRow } from '../../../firmware-protocol/mqtt/alert-requests.ts';
import type { Cli } from '../../cli.ts';
import { alertLine, alertStateWords, trustWords } from '../../operator/alert-words.ts';

/** What an operator does with alerts that came in, and with those that went out. */
export function registerDecisions(alert: Command, cli: Cli): void {
  const which = cli.text({ en: 'its id, as list shows it', th: 'รหัสประกาศเตือน ตามที่ list แสดง' });
  alert
    .command('list')
    .description(cli.text({ en: 'alerts that came in, newest first', th: 'ประกาศเตือนที่รับมา ล่าสุดก่อน' }))
    .option('--waiting', cli.text({ en: 'only those that wait for a person', th: 'เฉพาะที่รอเจ้าหน้าที่ตัดสินใจ' }))
    .action((options: { waiting?: true }) => list(options, cli));
  alert
    .command('show')
    .description(cli.text({ en: 'one alert, with its XML', th: 'ประกาศเตือนหนึ่งรายการพร้อม XML' }))
    .argument('<alert>', which)
    .action((id: string) => show(id, cli));
  alert
    .command('approve')
    .description(cli.text({ en: 'let it sound', th: 'อนุมัติให้ออกเสียง' }))
    .argument('<alert>', which)
    .option('--to <area...>', cli.text({ en: 'other areas than its own', th: 'พื้นที่อื่นแทนพื้นที่ในประกาศเตือน' }))
    .action((id: string, { to }: { to?: string[] }) => decide({ alert: id, decision: 'approve', to }, cli));
  alert
    .command('reject')
    .description(cli.text({ en: 'it shall not sound', th: 'ไม่อนุมัติ' }))
    .argument('<alert>', which)
    .argument('[why]', cli.text({ en: 'the reason, for the record', th: 'เหตุผล สำหรับบันทึก' }))
    .action((id: string, why?: string) => decide({ alert: id, decision: 'reject', why }, cli));
  alert
    .command('cap')
    .description(
      cli.text({ en: 'an alert of ours, or its all-clear, as CAP 1.2', th: 'คำสั่งเตือนภัยของเราเป็น CAP 1.2' }),
    )
    .argument('<order>', cli.text({ en: 'its id, as push told it', th: 'รหัสคำสั่ง ตามที่ push แสดง' }))
    .action((order: string) => asCap(order, cli));
}

async function list({ waiting }: { waiting?: true }, cli: Cli): Promise<void> {
  await asking(async (operator) => {
    const answer = await operator.ask('alerts', waiting === true ? { states: ['waiting'] } : {});
    for (const row of answer.alerts) cli.say(alertLine(row, cli.lang));
    if (answer.alerts.length === 0) cli.tell({ en: 'no alert came in', th: 'ไม่มีประกาศเตือนที่รับมา' });
    cli.print(answer);
  });
}

async function show(alert: string, cli: Cli): Promise<void> {
  await asking(async (operator) => {
    const answer = await operator.ask('alert', { alert });
    cli.say(alertLine(answer.alert, cli.lang));
    for (const reason of answer.alert.reasons) cli.say(`  - ${reason.place} ${reason[cli.lang]}`);
    if (answer.document !== undefined) cli.say(answer.document);
    cli.print(answer);
  });
}

async function decide(
  decision: {
    alert: string;
    decision: 'approve' | 'reject';
    to?: string[] | undefined;
    why?: string | undefined;
  },
  cli: Cli,
): Promise<void> {
  await asking(async (operator) => {
    const { askProven } = await import('../../operator/step-up.ts');
    const isYes = decision.decision === 'approve';
    const look = isYes ? await operator.ask('alert', { alert: decision.alert }) : undefined;
    if (look !== undefined) cli.tell(warningWords(look.alert));
    const wish = { ...decision, sha256: look?.alert.sha256 };
    const { alert } = await askProven(operator, 'alert', wish, cli);
    if (isYes && alert.state === 'waiting')
      cli.tell({
        en: `NOT SENT YET: its sender is not known for sure (${trustWords(alert.trust).en}), so another person has to say yes too`,
        th: `ยังไม่ได้ส่ง: ไม่ยืนยันตัวผู้ส่ง (${trustWords(alert.trust).th}) จึงต้องมีผู้อนุมัติอีกหนึ่งคน`,
      });
    cli.tell({
      en: `${alert.alert}: ${alertStateWords(alert.state).en}; orders: ${alert.orders.join(' ') || 'none'}`,
      th: `${alert.alert}: ${alertStateWords(alert.state).th} คำสั่ง: ${alert.orders.join(' ') || 'ไม่มี'}`,
    });
    cli.print({ alert });
  });
}

async function asCap(order: string, cli: Cli): Promise<void> {
  await asking(async (operator) => {
    const answer = await operator.ask('cap', { order });
    cli.pass(answer.document);
    cli.print(answer);
  });
}

type Asking = Parameters<Parameters<typeof import('../../operator/session.ts')['asOperator']>[0]>[0];

/** Loaded when it is used: `alert check` needs no server. */
async function asking(work: (operator: Asking) => Promise<void>): Promise<void> {
  const { asOperator } = await import('../../operator/session.ts');
  await asOperator(work);
}

/** What the yes is for. */
function warningWords({ title, sender, trust, to }: AlertRow): { en: string; th: string } {
  const places = to.join(' ');
  return {
    en: `${title} [${sender}, ${trustWords(trust).en}] for ${places}`,
    th: `${title} [${sender}, ${trustWords(trust).th}] ถึง ${places}`,
  };
}
