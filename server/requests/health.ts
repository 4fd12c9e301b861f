import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import type { Fault } from '../../firmware-protocol/mqtt/answer.ts';
import type { HealthAnswer, HealthRequest } from '../../firmware-protocol/mqtt/fleet-requests.ts';
import { Health } from '../../firmware-protocol/mqtt/messages.ts';
import { ServerError } from '../errors.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTarget } from './targets.ts';

const DAY_MS = 86_400_000;

/** What a hall measured. Rejects `request-invalid` where `from` is not before `until`. */
export async function health(
  asker: OperatorIdentity,
  { device, from, until, points }: HealthRequest,
  needs: RequestNeeds,
): Promise<HealthAnswer> {
  await refuseTarget(asker, `device/${device}`, 'device', needs);
  const untilMs = until === undefined ? needs.clock.wall() : epochMsOf(until);
  const fromMs = from === undefined ? untilMs - DAY_MS : epochMsOf(from);
  if (fromMs >= untilMs) throw new ServerError('request-invalid', { faults: [BACKWARDS] });
  const stepMs = Math.ceil((untilMs - fromMs) / points);
  const kept = await needs.health.thinned(device, { from: fromMs, until: untilMs, stepMs });
  return {
    device,
    from: instantOf(fromMs),
    until: instantOf(untilMs),
    step_ms: stepMs,
    points: kept.flatMap(({ at, document }) => {
      const read = measured(document);
      return read === undefined ? [] : [{ heard_at: instantOf(at), health: read }];
    }),
  };
}

const BACKWARDS: Fault = {
  path: 'from',
  code: 'not-before-until',
  en: 'from is not before until',
  th: 'เวลาเริ่ม (from) ต้องอยู่ก่อนเวลาสิ้นสุด (until)',
};

/** Kept as it came: what is no measurement is left out of a chart. */
function measured(document: string): Health | undefined {
  try {
    return Health.safeParse(JSON.parse(document)).data;
  } catch {
    return undefined;
  }
}
