import { changeOf } from '../../../../server/approvals/held-programme.ts';
import { Proofs } from '../../../../server/approvals/proofs.ts';
import type { Dispatch } from '../../../../server/dispatch/dispatch-port.ts';
import type { PlanOffice } from '../../../../server/programme/plan-office.ts';
import type { RequestNeeds } from '../../../../server/requests/request-row.ts';
import { seededRandom } from '../office.ts';

/** Rooms in which nothing waits for a second person: what is held is told in this folder. */
export function onePerson(
  send: Dispatch['send'],
  plans?: Pick<PlanOffice, 'vetted' | 'issue' | 'published'>,
): Pick<RequestNeeds, 'approvals' | 'proofs' | 'passkeys' | 'door' | 'keySet' | 'people'> {
  return {
    approvals: {
      submit: async (order) => ({ sent: await send(order) }),
      submitProgramme: async (wanted, asker) => {
        if (plans === undefined) return expectNever();
        const prospect = await plans.vetted(wanted, asker);
        const published = await plans.issue(wanted, prospect, asker.user);
        return { published, check: prospect.check };
      },
      needsOfOrder: async () => [],
      weigh: async ({ area, source }) => {
        const before = await plans?.published(area);
        return { needed: [], change: changeOf(before?.source.entries ?? [], source.entries) };
      },
      get: async () => undefined,
      list: async () => [],
      approve: expectNever,
      refuse: expectNever,
      stepUp: false,
      isAlone: async () => true,
    },
    proofs: new Proofs({ monotonic: () => 0 }, seededRandom()),
    passkeys: {
      ...{ site: expectNever, of: expectNever, challenge: expectNever },
      ...{ add: expectNever, remove: expectNever, proves: expectNever },
    },
    door: { open: expectNever },
    keySet: expectNever,
    people: {
      list: async () => [],
      identity: async () => undefined,
      ...{ create: expectNever, change: expectNever, renewCode: expectNever, close: expectNever },
    },
  };
}

function expectNever(): never {
  throw new Error('this room must not be entered');
}
