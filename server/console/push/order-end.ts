import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { countOf } from '../progress/use-progress.ts';

/**
 * What is said of the end of an order of which more may come: it waits for halls that are away (`until`), all are there and it ends by itself
 * (`expires`), or its time is `over`. Undefined = all have told. `nowMs`: epoch ms.
 */
export function endOf(
  { open, expires_at, fates }: Pick<AnswerTo<'order'>, 'open' | 'expires_at' | 'fates'>,
  nowMs: number,
): 'until' | 'expires' | 'over' | undefined {
  if (open === 0) return undefined;
  if (Date.parse(expires_at) <= nowMs) return 'over';
  return countOf(fates, 'unknown') > 0 ? 'until' : 'expires';
}
