import { setTimeout as wait } from 'node:timers/promises';
import { counted } from '../cli/counted.ts';
import type { Lang } from '../cli/words.ts';
import { type Cli, Failed } from '../cli.ts';
import type { OperatorClient } from './client.ts';
import {
  type Delivery,
  deliveryWords,
  fatesWords,
  isDone,
  isSettled,
  type Progress,
} from './delivery-words.ts';
import { mayBeDone } from './unanswered.ts';

/** Often enough to see an announcement begin, seldom enough not to matter to a province's server. */
const POLL_MS = 500;

/**
 * Tells each change of each hall until all are settled, or it is interrupted; resolves with the last state. Of more halls than
 * a page holds, only how many are where.
 */
export async function followOrder(
  operator: OperatorClient,
  order: string,
  cli: Cli,
  interrupted: AbortSignal = new AbortController().signal,
): Promise<Progress> {
  const told = new Map<string, string>();
  for (;;) {
    const progress = await operator.ask('order', { order }).catch((error: unknown) => {
      throw outOfSight(error, order);
    });
    for (const { who, line } of linesOf(progress, cli)) {
      if (told.get(who) === line) continue;
      told.set(who, line);
      cli.say(who === ALL ? line : `${who}  ${line}`);
    }
    if (interrupted.aborted || progress.open === 0) return progress;
    // Woken early, it asks once more: the last state is the one that is told.
    await wait(POLL_MS, undefined, { signal: interrupted }).catch(() => {});
  }
}

/** Who loses sight of an order has not lost the order: it is not given again, but looked after. */
function outOfSight(error: unknown, order: string): unknown {
  if (!mayBeDone(error) && !(error instanceof Failed && error.code === 'unreachable')) return error;
  const words = {
    en: `Order ${order} cannot be followed any longer, and may go on: prakat watch ${order}`,
    th: `ติดตามคำสั่ง ${order} ต่อไม่ได้ แต่คำสั่งอาจยังดำเนินอยู่: prakat watch ${order}`,
  };
  return error.andSays(words, { order });
}

const ALL = 'all halls';

function linesOf({ deliveries, fates, next }: Progress, cli: Cli): { who: string; line: string }[] {
  if (next !== undefined) return [{ who: ALL, line: fatesWords(fates, cli.lang) }];
  return deliveries.map((delivery) => ({
    who: `${delivery.village}  ${delivery.device.padEnd(16)}`,
    line: deliveryWords(delivery, cli.lang),
  }));
}

/** Says how it ended, and prints it. Throws Failed when it is not known yet, or no hall did it. */
export function conclude(progress: Progress, cli: Cli): void {
  const { fates, open, order } = progress;
  const halls = Object.values(fates).reduce((sum, count) => sum + count, 0);
  const done = fates.finished ?? 0;
  const failed = (lang: Lang) => failures(progress, lang);
  if (open > 0)
    throw new Failed(
      {
        en: `not followed to its end: ${open} of ${counted(halls, 'hall')} are not settled. The order goes on; prakat watch ${order}, prakat stop ${order}`,
        th: `ยังติดตามไม่จบ: ${open} จาก ${halls} หอยังไม่สิ้นสุด คำสั่งยังดำเนินต่อ: prakat watch ${order}, prakat stop ${order}`,
      },
      { code: 'interrupted', document: progress },
    );
  if (done === 0)
    throw new Failed(
      { en: `no hall did it: ${failed('en')}`, th: `ไม่มีหอใดทำสำเร็จ: ${failed('th')}` },
      { code: 'nobody-did', document: progress },
    );
  if (done < halls)
    cli.tell({
      en: `done by ${done} of ${counted(halls, 'hall')}; not by ${failed('en')}`,
      th: `สำเร็จ ${done} จาก ${halls} หอ ไม่สำเร็จ: ${failed('th')}`,
    });
  cli.print(progress);
}

/** By name; more halls than a page holds are counted. */
function failures({ deliveries, fates, next }: Progress, lang: Lang): string {
  const { finished: _done, ...others } = fates;
  if (next !== undefined) return fatesWords(others, lang);
  return listOf(
    deliveries.filter((delivery) => isSettled(delivery) && !isDone(delivery)),
    lang,
  );
}

/** More names than this fill a screen; the lines above have them all. */
const NAMED = 10;

function listOf(deliveries: Delivery[], lang: Lang): string {
  const named = deliveries.slice(0, NAMED).map((each) => `${each.device} (${deliveryWords(each, lang)})`);
  return [...named, ...(deliveries.length > NAMED ? ['…'] : [])].join('; ');
}
