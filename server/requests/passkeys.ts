import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { PasskeysAnswer, PasskeysRequest } from '../../firmware-protocol/mqtt/passkey-requests.ts';
import type { Asker } from '../asker.ts';
import { ServerError } from '../errors.ts';
import type { RequestNeeds } from './request-row.ts';

/** The asker's own passkeys, and what a browser needs to use one or make another. */
export async function passkeys(
  asker: Asker,
  request: PasskeysRequest,
  needs: RequestNeeds,
): Promise<PasskeysAnswer> {
  const { user } = asker;
  const room = needs.passkeys;
  const { change, sha256 } = request;
  if (change === 'add' || change === 'remove') await changed(asker, request, needs);
  const site = room.site();
  const asks = change === 'challenge' || change === 'begin';
  if (asks && site === undefined) throw new ServerError('passkey-unavailable');
  const kept = await room.of(user);
  return {
    passkeys: kept.map(({ id, title, madeAt, usedAt }) => ({
      ...{ id, title, made_at: instantOf(madeAt) },
      ...(usedAt !== null && { used_at: instantOf(usedAt) }),
    })),
    available: site !== undefined,
    ...(site !== undefined && { site: site.rpId }),
    ...(asks && { challenge: room.challenge(user, sha256) }),
  };
}

/** Who can add one can prove everything with it later: that takes the password, whatever is configured. */
async function changed(
  { user, proved }: Asker,
  { change, id = '', title = '', credential }: PasskeysRequest,
  { passkeys: room, audit }: RequestNeeds,
): Promise<void> {
  if (change === 'add' && credential !== undefined) {
    if (!proved) throw new ServerError('step-up-needed');
    const fact = { who: user, act: 'passkey/add', document: { id: credential.id, title } };
    await audit.recorded(fact, () => room.add(user, title, credential));
  } else {
    await audit.recorded({ who: user, act: 'passkey/remove', document: { id } }, () => room.remove(user, id));
  }
}
