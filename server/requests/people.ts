import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { PeopleAnswer, PeopleRequest } from '../../firmware-protocol/mqtt/people-requests.ts';
import { mayReach } from '../areas/reach.ts';
import type { Asker } from '../asker.ts';
import { ServerError } from '../errors.ts';
import { domainFault } from '../faults/domain-fault.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';

type Change = NonNullable<PeopleRequest['change']>;
type Code = { code: string; expiresAt: number };

/** What each change does; it resolves with a one-time code where there is one to hand over. */
const CHANGES: Record<
  Change,
  (operators: RequestNeeds['people'], wanted: OperatorIdentity) => Promise<Code | undefined>
> = {
  add: (people, wanted) => people.create(wanted),
  roles: async (people, wanted) => {
    await people.change(wanted);
    return undefined;
  },
  code: (people, { user }) => people.renewCode(user),
  close: async (people, { user }) => {
    await people.close(user);
    return undefined;
  },
};

/** The accounts within the asker's areas: who there is, and changes of one of them; never of one's own. */
export async function people(
  asker: Asker,
  request: PeopleRequest,
  needs: RequestNeeds,
): Promise<PeopleAnswer> {
  const { change, user } = request;
  if (change === undefined || user === undefined) return { people: await within(asker, needs) };
  if (needs.approvals.stepUp && !asker.proved) throw new ServerError('step-up-needed');
  if (user === asker.user) throw new ServerError('own-request');
  const before = (await needs.people.list()).find((each) => each.user === user);
  if (change !== 'add' && before === undefined)
    throw new ServerError('unknown-operator', { context: { user } });
  const wanted = { user, roles: request.roles ?? [], areas: request.areas ?? [] };
  refuseBeyond(asker, [...(before?.areas ?? []), ...wanted.areas]);
  const code = await CHANGES[change](needs.people, wanted);
  return {
    people: (await within(asker, needs)).filter((each) => each.user === user),
    ...(code !== undefined && { code: code.code, expires_at: instantOf(code.expiresAt) }),
  };
}

async function within(asker: Asker, { people: accounts }: RequestNeeds): Promise<PeopleAnswer['people']> {
  const seen = (await accounts.list()).filter(({ areas }) =>
    areas.every((area) => mayReach(asker.areas, area)),
  );
  return Promise.all(
    seen.map(async ({ user, roles, areas }) => ({
      ...{ user, roles, areas },
      open: (await accounts.identity(user)) !== undefined,
    })),
  );
}

/** Whoever looks after a province's people gives nobody more than the province, and touches nobody who has more. */
function refuseBeyond({ areas: own }: Asker, areas: string[]): void {
  const beyond = areas.filter((area) => !mayReach(own, area));
  const [area] = beyond;
  if (area === undefined) return;
  const faults = beyond.slice(0, 20).map((each) => domainFault('areas', 'outside-scope', { area: each }));
  throw new ServerError('outside-scope', { context: { area }, faults });
}
