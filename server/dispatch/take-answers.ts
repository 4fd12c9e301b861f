import { Ulid } from '../../firmware-protocol/content/instant.ts';
import { ReportEvent } from '../../firmware-protocol/content/report.ts';
import type { DeliveryKey, DeliveryRecord, DeliveryTable } from '../delivery-table.ts';
import type { HeardEvent, Log } from '../ports.ts';
import { answered } from './answers.ts';

interface Answer extends DeliveryKey {
  event: ReportEvent;
}

/**
 * What of the reports of many halls answers orders: read, reckoned and written at once, so that a nation's answers cost two
 * statements a page and not two each. Resolves with the deliveries that are other than before. Rejects `database-down`.
 */
export async function takeAnswers(
  deliveries: Pick<DeliveryTable, 'those' | 'answered'>,
  heard: readonly HeardEvent[],
  log: Log,
): Promise<DeliveryRecord[]> {
  const answers = heard.flatMap((each) => answerIn(each) ?? []);
  if (answers.length === 0) return [];
  const { readable, damaged } = await deliveries.those(answers);
  // Proof is stored also where the delivery that it answers cannot be read.
  for (const { order, device } of damaged)
    log.error({ order, device }, 'a report was stored; what it answers cannot be read');
  const changed = reckoned(readable, answers);
  await deliveries.answered(changed);
  return changed;
}

/** The deliveries that are other than before, after all that their halls said, in its order. */
function reckoned(before: readonly DeliveryRecord[], answers: readonly Answer[]): DeliveryRecord[] {
  const now = new Map(before.map((delivery) => [nameOf(delivery), delivery]));
  for (const answer of answers) {
    const delivery = now.get(nameOf(answer));
    if (delivery !== undefined) now.set(nameOf(answer), answered(delivery, answer.event));
  }
  return before.flatMap((delivery) => {
    const after = now.get(nameOf(delivery));
    return after === undefined || after === delivery ? [] : [after];
  });
}

const nameOf = ({ order, device }: DeliveryKey): string => `${order}/${device}`;

/** Undefined: about nothing that was ordered, as most of what a hall does by its programme. */
function answerIn({ device, event }: HeardEvent): Answer | undefined {
  const order = Ulid.safeParse(event.type === 'refused' ? event.what : event.play).data;
  if (order === undefined) return undefined;
  const { data } = ReportEvent.safeParse(event);
  return data && { order, device, event: data };
}
