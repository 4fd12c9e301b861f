import { setTimeout as wait } from 'node:timers/promises';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { type Cli, Failed } from '../cli.ts';
import type { OperatorClient } from './client.ts';
import { type Delivery, deliveryWords, isDone, isSettled } from './delivery-words.ts';

type Progress = AnswerTo<'order'>;

/** Often enough to see an announcement begin, seldom enough not to matter to a province's server. */
const POLL_MS = 500;

/** Tells each change of each device until all are settled, or it is interrupted; resolves with the last state. */
export async function followOrder(
  operator: OperatorClient,
  order: string,
  cli: Cli,
  interrupted: AbortSignal = new AbortController().signal,
): Promise<Progress> {
  const told = new Map<string, string>();
  for (;;) {
    const progress = await operator.ask('order', { order });
    for (const delivery of progress.deliveries) {
      const line = deliveryWords(delivery, cli.lang);
      if (told.get(delivery.device) === line) continue;
      told.set(delivery.device, line);
      cli.say(`${delivery.village}  ${delivery.device.padEnd(16)}  ${line}`);
    }
    if (interrupted.aborted || progress.deliveries.every(isSettled)) return progress;
    // Woken early, it asks once more: the last state is the one that is told.
    await wait(POLL_MS, undefined, { signal: interrupted }).catch(() => {});
  }
}

/** Says how it ended, and prints it. Throws Failed when it is not known yet, or no hall did it. */
export function conclude(progress: Progress, cli: Cli): void {
  const { deliveries, order } = progress;
  const done = deliveries.filter(isDone);
  const failed = deliveries.filter((delivery) => isSettled(delivery) && !isDone(delivery));
  const open = deliveries.length - done.length - failed.length;
  if (open > 0)
    throw new Failed(
      {
        en: `not followed to its end: ${open} of ${deliveries.length} halls are not settled. The order goes on; prakat watch ${order}, prakat stop ${order}`,
        th: `ยังติดตามไม่จบ: ${open} จาก ${deliveries.length} หอยังไม่สิ้นสุด คำสั่งยังดำเนินต่อ: prakat watch ${order}, prakat stop ${order}`,
      },
      { code: 'interrupted', document: progress },
    );
  if (done.length === 0)
    throw new Failed(
      { en: `no hall did it: ${listOf(failed, 'en')}`, th: `ไม่มีหอใดทำสำเร็จ: ${listOf(failed, 'th')}` },
      { code: 'nobody-did', document: progress },
    );
  if (failed.length > 0)
    cli.tell({
      en: `done by ${done.length} of ${deliveries.length} halls; not by ${listOf(failed, 'en')}`,
      th: `สำเร็จ ${done.length} จาก ${deliveries.length} หอ ไม่สำเร็จ: ${listOf(failed, 'th')}`,
    });
  cli.print(progress);
}

/** More names than this fill a screen; the lines above have them all. */
const NAMED = 10;

function listOf(deliveries: Delivery[], lang: 'th' | 'en'): string {
  const named = deliveries.slice(0, NAMED).map((each) => `${each.device} (${deliveryWords(each, lang)})`);
  return [...named, ...(deliveries.length > NAMED ? ['…'] : [])].join('; ');
}
