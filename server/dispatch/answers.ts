import type { Output } from '../../firmware-protocol/content/band.ts';
import { proofOf } from '../../firmware-protocol/content/proof.ts';
import type { Refusal, ReportEvent } from '../../firmware-protocol/content/report.ts';
import type { DeliveryRecord } from '../delivery-table.ts';

/**
 * What a refusal says about the delivery. Only those that a device finds after the signature are an answer to *our*
 * document; anybody who reaches the broker could provoke the others with our order's id, so they never end a delivery.
 * `clock-unknown` and `queue-full` pass.
 */
const REFUSAL_IS_FINAL: Record<Refusal, boolean> = {
  malformed: false,
  'too-large': false,
  'not-understood': true,
  retained: false,
  'for-another': true,
  'unknown-key': false,
  'bad-signature': false,
  'key-not-valid-then': true,
  'wrong-use': true,
  'band-too-high': true,
  'outside-area': true,
  expired: true,
  'too-early': false,
  'too-long-lived': true,
  'clock-unknown': false,
  seen: false,
  older: true,
  'too-few-signatures': false,
  'queue-full': false,
};

/** Due before everything else. */
export const AT_ONCE = 0;

/** A delivery after its device reported `event`; the same object when that changes nothing. */
export function answered(delivery: DeliveryRecord, event: ReportEvent): DeliveryRecord {
  switch (event.type) {
    case 'accepted': {
      // A stop has no output of its own: taken is done.
      const taken = { ...delivery, refusal: null, outputs: event.outputs, nextAt: null };
      return event.outputs.length === 0
        ? { ...taken, state: 'ended', finished: true }
        : { ...taken, state: 'accepted' };
    }
    case 'started':
      return { ...delivery, state: 'playing', nextAt: null };
    case 'ended': {
      const { outcome, reason, output } = event;
      const left_out = [...new Set(event.panel?.left_out?.map(({ part }) => part))];
      const end = {
        outcome,
        ...(reason !== undefined && { reason }),
        ...(left_out.length > 0 && { left_out }),
        ...(event.tower && { proof: proofOf(event.tower) }),
      };
      const outcomes = { ...delivery.outcomes, [output]: end };
      const outputs = delivery.outputs ?? [output];
      const over = outputs.every((each) => outcomes[each] !== undefined);
      const so = { ...delivery, outcomes, outputs, nextAt: null };
      return over ? { ...so, state: 'ended', finished: Object.values(outcomes).some(wentWell) } : so;
    }
    case 'refused':
      return refused(delivery, event.reason);
    default:
      return delivery;
  }
}

/** It went to its end, and nobody knows that it was not heard. */
function wentWell({ outcome, proof }: DeliveryRecord['outcomes'][Output] & object): boolean {
  return outcome === 'finished' && proof !== 'not-heard';
}

function refused(delivery: DeliveryRecord, refusal: Refusal): DeliveryRecord {
  const open = delivery.state === 'waiting' || delivery.state === 'sent';
  // `seen`: it has the order already; its own answer to it is on the way.
  if (!open || refusal === 'seen') return delivery;
  if (REFUSAL_IS_FINAL[refusal]) return { ...delivery, state: 'refused', refusal, nextAt: null };
  // The next send quotes the nonce of its boot. Only the first refusal hurries it: a device that goes on refusing
  // is sent at the ordinary turns.
  const hurry = refusal === 'clock-unknown' && delivery.refusal === null && delivery.nextAt !== null;
  return { ...delivery, refusal, nextAt: hurry ? AT_ONCE : delivery.nextAt };
}
