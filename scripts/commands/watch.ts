import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { type Cli, Failed } from '../cli.ts';
import type { OperatorClient } from '../operator/client.ts';

const POLL_MS = 1_000;

interface WatchOptions {
  area: string;
  once?: true;
}

/** `prakat watch`: follows one order to its end, or an area's devices as they change. */
export function register(program: Command, cli: Cli): void {
  program
    .command('watch')
    .argument('[order]', cli.text({ en: 'follow this order to its end', th: 'ติดตามคำสั่งนี้จนจบ' }))
    .option('--area <area>', cli.text({ en: 'the halls of this area', th: 'หอในพื้นที่นี้' }), 'th')
    .option('--once', cli.text({ en: 'tell their state once and end', th: 'แสดงสถานะครั้งเดียวแล้วจบ' }))
    .addHelpText(
      'after',
      cli.text({
        en: '\nCtrl-C ends it. Of an order that is not over yet, that is exit code 1.',
        th: '\nกด Ctrl-C เพื่อจบ หากคำสั่งยังไม่สิ้นสุด รหัสจบการทำงานคือ 1',
      }),
    )
    .action((order: string | undefined, options: WatchOptions) => watch(order, options, cli));
}

async function watch(order: string | undefined, { area, once }: WatchOptions, cli: Cli): Promise<void> {
  const { asOperator } = await import('../operator/session.ts');
  const { conclude, followOrder } = await import('../operator/follow.ts');
  const { interruptible } = await import('../operator/interrupt.ts');
  await interruptible((interrupted) =>
    asOperator(async (operator) => {
      if (order !== undefined) {
        const follow = followOrder(operator, order, cli, interrupted);
        return conclude(await follow.catch((error: unknown) => notSent(operator, order, error)), cli);
      }
      const last = await watchDevices(operator, area, once === true ? AbortSignal.abort() : interrupted, cli);
      cli.print(last);
    }),
  );
}

/** What nobody sent yet may wait for a second person, or was refused: its author asks what became of it. */
async function notSent(operator: OperatorClient, order: string, error: unknown): Promise<never> {
  const isUnknown = error instanceof Failed && error.code === 'unknown-order';
  const { heldAt } = await import('../operator/held-at.ts');
  const held = isUnknown ? await heldAt(operator, order) : undefined;
  if (held === undefined) throw error;
  const { standingWords } = await import('../operator/held-words.ts');
  const { en, th } = standingWords(held);
  throw new Failed(
    { en: `${order} was not sent: ${en}`, th: `${order} ยังไม่ได้ส่ง: ${th}` },
    { code: 'not-sent', document: { held } },
  );
}

/** Tells each change until it is interrupted; resolves with the last answer. */
async function watchDevices(
  operator: OperatorClient,
  area: string,
  interrupted: AbortSignal,
  cli: Cli,
): Promise<AnswerTo<'devices'>> {
  const { hallWords } = await import('../operator/hall-words.ts');
  const told = new Map<string, string>();
  for (;;) {
    const answer = await operator.ask('devices', { area });
    for (const hall of answer.devices) {
      const line = hallWords(hall, cli.lang);
      if (told.get(hall.device) === line) continue;
      told.set(hall.device, line);
      cli.say(line);
    }
    if (told.size === 0 && interrupted.aborted)
      cli.tell({ en: `no hall is enrolled in ${area}`, th: `ยังไม่มีหอที่ลงทะเบียนใน ${area}` });
    if (interrupted.aborted) return answer;
    await wait(POLL_MS, undefined, { signal: interrupted }).catch(() => {});
  }
}
