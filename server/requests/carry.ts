import type { AnswerTo, ExportRequest, ImportRequest } from '../../firmware-protocol/mqtt/requests.ts';
import { ServerError } from '../errors.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTarget } from './targets.ts';

/** What a stick carries to the halls of an area. */
export async function exported(
  asker: OperatorIdentity,
  { area, after }: ExportRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'export'>> {
  await refuseTarget(asker, area, 'area', needs);
  return { area, ...(await needs.carrier.page(area, after)) };
}

/** Reports that a stick brought. The hall's own signature is what counts; who carried it only has to be somebody of ours. */
export async function imported(
  _asker: OperatorIdentity,
  { batch }: ImportRequest,
  { carrier }: RequestNeeds,
): Promise<AnswerTo<'import'>> {
  const taken = await carrier.take(batch);
  if (taken === undefined) throw new ServerError('reports-refused');
  return { device: taken.device.id, stored_up_to: taken.stored.n };
}
