import { setTimeout as wait } from 'node:timers/promises';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import type { Cli } from '../cli.ts';
import type { OperatorClient } from './client.ts';

type Progress = AnswerTo<'order'>;
type Delivery = Progress['deliveries'][number];

/** Often enough to see an announcement begin, seldom enough not to matter to a province's server. */
const POLL_MS = 500;

const SETTLED: ReadonlySet<Delivery['state']> = new Set(['ended', 'refused', 'expired']);

/** How each state reads to an operator. */
const WORDS: Record<Delivery['state'], { en: string; th: string }> = {
  waiting: { en: 'not reached yet', th: 'ยังไม่ถึง' },
  sent: { en: 'sent', th: 'ส่งแล้ว' },
  accepted: { en: 'accepted', th: 'รับคำสั่งแล้ว' },
  playing: { en: 'on air', th: 'กำลังออกอากาศ' },
  ended: { en: 'ended', th: 'จบแล้ว' },
  refused: { en: 'refused', th: 'ปฏิเสธ' },
  expired: { en: 'expired', th: 'หมดเวลา' },
};

/** Tells each change of each device until all are settled or it is interrupted; resolves with the last state. */
export async function followOrder(operator: OperatorClient, order: string, cli: Cli): Promise<Progress> {
  const told = new Map<string, string>();
  for (;;) {
    const progress = await operator.ask('order', { order });
    for (const delivery of progress.deliveries) {
      const line = describe(delivery, cli.lang);
      if (told.get(delivery.device) === line) continue;
      told.set(delivery.device, line);
      cli.say(`${delivery.village} ${delivery.device.padEnd(16)} ${line}`);
    }
    if (progress.deliveries.every((delivery) => SETTLED.has(delivery.state))) return progress;
    await wait(POLL_MS);
  }
}

function describe(delivery: Delivery, lang: 'th' | 'en'): string {
  const ends = Object.entries(delivery.outcomes).map(([output, end]) =>
    [output, end.outcome, end.reason].filter(Boolean).join(' '),
  );
  return [WORDS[delivery.state][lang], delivery.refusal, ...ends].filter(Boolean).join(', ');
}
