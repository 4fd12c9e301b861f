import { ApprovalDesk } from '../approvals/approval-desk.ts';
import { ApprovalNotices } from '../approvals/approval-notices.ts';
import type { Places } from '../areas/places.ts';
import type { PlanOffice } from '../programme/plan-office.ts';
import { alertRoom } from './alerts.ts';
import type { Content } from './content.ts';
import type { Entrance } from './entrance.ts';
import type { Ground } from './ground.ts';
import type { Sending } from './sending.ts';

interface Needs {
  places: Places;
  plans: PlanOffice;
  content: Pick<Content, 'library' | 'speech'>;
  newOrderId: () => string;
  httpUrl: () => string;
}

/** Where people decide: what waits for a second person, and what to do of warnings that came in. What is to be closed is put on `opened`. */
export function openDeciding(
  { config, db, clock, log }: Ground,
  { broker, operators, audit }: Pick<Entrance, 'broker' | 'operators' | 'audit'>,
  { live, dispatch }: Pick<Sending, 'live' | 'dispatch'>,
  { places, plans, content, newOrderId, httpUrl }: Needs,
  opened: (() => Promise<void>)[],
) {
  const { alone, quiet, step_up: stepUp } = config.approvals;
  const notices = new ApprovalNotices({ db, operators, broker, log });
  const approvals = new ApprovalDesk({
    ...{ db, dispatch, operators, audit, plans, clock, log },
    ...{ policy: { alone, quiet, stepUp }, newId: newOrderId, tell: notices.tell },
  });
  opened.push(async () => approvals.stop());
  const alerts = alertRoom(config.alerts, {
    ...{ db, places, dispatch, audit, clock, log },
    sound: { ...content, clock, log },
    newId: newOrderId,
    tell: live.alerts.tell,
    mediaUrl: (sha256) => `${httpUrl()}/media/${sha256}`,
  });
  opened.push(() => alerts.stop());
  return { approvals, alerts };
}
