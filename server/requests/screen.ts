import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { ScreenAnswer, ScreenRequest } from '../../firmware-protocol/mqtt/sign-requests.ts';
import { ServerError } from '../errors.ts';
import type { FleetRow, OperatorIdentity } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTarget } from './targets.ts';

/** What the sign of a hall shows. Rejects `hall-*` where nobody can say. */
export async function screen(
  asker: OperatorIdentity,
  { device }: ScreenRequest,
  needs: RequestNeeds,
): Promise<ScreenAnswer> {
  await refuseTarget(asker, `device/${device}`, 'device', needs);
  const hall = await needs.fleet.device(device);
  if (hall === undefined) throw new ServerError('unknown-device', { context: { device } });
  refuseAway(hall);
  const told = await needs.screens.of(hall);
  return { device, heard_at: instantOf(told.heardAt), screen: told.screen };
}

/** What is known to be in vain is not asked over a line that costs money. */
function refuseAway({ presence, seen_at, state }: FleetRow): void {
  if (presence?.state !== 'online')
    throw seen_at === undefined
      ? new ServerError('hall-unheard')
      : new ServerError('hall-away', { context: { since: seen_at } });
  if (state !== undefined && state.outputs.panel === undefined) throw new ServerError('hall-without-sign');
}
