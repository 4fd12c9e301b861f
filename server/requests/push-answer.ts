import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import type { PushAnswer } from '../../firmware-protocol/mqtt/requests.ts';
import type { Submitted } from '../approvals/approval-desk.ts';

/** The answer to what was sent, or waits. */
export function pushed({ id, to, expires_at }: UnsignedOrder, submitted: Submitted): PushAnswer {
  if ('sent' in submitted) return { order: id, to, devices: submitted.sent.devices, expires_at };
  const { needs, sha256, until } = submitted.held;
  return { order: id, to, devices: 0, expires_at, waits: { needs, sha256, until: instantOf(until) } };
}
