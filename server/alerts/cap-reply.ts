import type { AlertSummary } from './alert-records.ts';
import { capTimeOf } from './cap-time.ts';
import { wordsOf } from './reasons.ts';
import { capXml } from './write-cap.ts';

interface Replier {
  /** As the configuration names us. */
  sender: string;
  /** A ULID of ours. */
  id: string;
  /** Epoch ms. */
  now: number;
}

/**
 * What the sender of an alert is answered: that it was taken, or why not (CAP 3.2.1, Ack and Error). Undefined for what
 * is an answer itself, and for what has no name that could be referred to.
 */
export function capReply(record: AlertSummary, { sender, id, now }: Replier): string | undefined {
  if (record.msgType === 'Ack' || record.msgType === 'Error') return undefined;
  const names = [record.sender, record.identifier];
  const isNamed = names.every((name) => /^[^\s,<&]+$/.test(name)) && record.sentMs > 0;
  if (record.verdict !== 'refuse' && !isNamed) return undefined;
  const isError = record.verdict === 'refuse';
  const reasons = record.reasons.map((reason) => {
    const where = [reason.place, reason.line === undefined ? '' : `line ${reason.line}`]
      .filter(Boolean)
      .join(', ');
    return `${reason.code}${where === '' ? '' : ` (${where})`}: ${wordsOf(reason).en}`;
  });
  return capXml({
    identifier: `prakat.${id}`,
    sender,
    sent: capTimeOf(now),
    status: 'Actual',
    msgType: isError ? 'Error' : 'Ack',
    scope: 'Private',
    addresses: names[0] === '' || names[0] === undefined ? 'unknown' : `"${names[0].replaceAll('"', '')}"`,
    note: isError ? reasons.slice(0, 20).join('\n') : `${record.state}`,
    ...(isNamed && { references: `${record.sender},${record.identifier},${record.sent}` }),
  });
}
