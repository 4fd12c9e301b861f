import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import {
  TROUBLE_LIMITS,
  TROUBLE_REQUESTS,
  type Trouble,
  type TroublesRequest,
} from '../../firmware-protocol/mqtt/trouble-requests.ts';
import { mayReach } from '../areas/reach.ts';
import type { Asker } from '../asker.ts';
import { ServerError } from '../errors.ts';
import type { TroubleRecord } from '../fleet/trouble-records.ts';
import type { RequestNeeds, RequestRow } from './request-row.ts';
import { refuseTarget, visibleWithin } from './targets.ts';

type Answer = AnswerTo<'troubles'>;

/** Whoever may speak or test may say what is wrong; only who looks after boxes says that it is mended. */
export const TROUBLE_ROWS: { troubles: RequestRow<'troubles'> } = {
  troubles: {
    schema: TROUBLE_REQUESTS.troubles.request,
    right: ({ change }) => (change === undefined ? 'read' : change === 'report' ? 'test' : 'enrol'),
    handle: troubles,
  },
};

async function troubles(asker: Asker, request: TroublesRequest, needs: RequestNeeds): Promise<Answer> {
  if (request.change === 'report') return told([await reported(asker, request, needs)]);
  if (request.change === 'close') return told([await closed(asker, request, needs)]);
  const areas = visibleWithin(asker, request.area);
  const asked = { closed: request.closed, limit: TROUBLE_LIMITS.told + 1 };
  return told(await needs.troubles.within(areas, asked));
}

async function reported(
  asker: Asker,
  { village = '', part = 'other', text = '' }: TroublesRequest,
  needs: RequestNeeds,
): Promise<TroubleRecord> {
  await refuseTarget(asker, village, 'village', needs);
  const limit = TROUBLE_LIMITS.openOfAVillage;
  if ((await needs.troubles.open(village)) >= limit)
    throw new ServerError('too-many-troubles', { context: { area: village, limit } });
  const open = { closedBy: null, closedAt: null, done: null };
  const record = {
    id: needs.newOrderId(),
    village,
    part,
    text,
    by: asker.user,
    at: needs.clock.wall(),
    ...open,
  };
  await needs.troubles.add(record);
  return record;
}

async function closed(
  asker: Asker,
  { trouble = '', text = '' }: TroublesRequest,
  needs: RequestNeeds,
): Promise<TroubleRecord> {
  const record = await needs.troubles.get(trouble);
  // Whoever may not see it learns no more of it than of one that there is not.
  const isVisible = record !== undefined && mayReach(asker.areas, record.village);
  if (!isVisible) throw new ServerError('unknown-trouble', { context: { trouble } });
  const at = needs.clock.wall();
  if (!(await needs.troubles.close(trouble, asker.user, at, text)))
    throw new ServerError('trouble-closed', { context: { trouble } });
  return { ...record, closedBy: asker.user, closedAt: at, done: text };
}

function told(records: TroubleRecord[]): Answer {
  const { told: most } = TROUBLE_LIMITS;
  return { troubles: records.slice(0, most).map(rowOf), more: records.length > most };
}

function rowOf({ id, village, part, text, by, at, closedBy, closedAt, done }: TroubleRecord): Trouble {
  return {
    ...{ trouble: id, village, part, text, by, at: instantOf(at) },
    ...(closedBy !== null && { closed_by: closedBy }),
    ...(closedAt !== null && { closed_at: instantOf(closedAt) }),
    ...(done !== null && { done }),
  };
}
