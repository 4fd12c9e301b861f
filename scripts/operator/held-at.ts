import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import type { OperatorClient } from './client.ts';

export type Held = AnswerTo<'approvals'>['held'][number];

/** What waits for a second person under this id, or did; undefined = nothing that the asker may see. */
export async function heldAt(
  operator: Pick<OperatorClient, 'ask'>,
  order: string,
): Promise<Held | undefined> {
  // What waits is asked for first: of what was decided only the newest are told.
  for (const all of [false, true]) {
    const { held } = await operator.ask('approvals', { all, limit: 100 });
    const found = held.find((each) => each.order === order);
    if (found !== undefined) return found;
  }
  return undefined;
}
