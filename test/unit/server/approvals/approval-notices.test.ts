import { beforeEach, expect, it, vi } from 'vitest';
import { ApprovalEvent } from '../../../../firmware-protocol/mqtt/people-requests.ts';
import { ApprovalDesk } from '../../../../server/approvals/approval-desk.ts';
import { ApprovalNotices } from '../../../../server/approvals/approval-notices.ts';
import { HELD_LIFE_MS } from '../../../../server/approvals/held-facts.ts';
import type { Asker } from '../../../../server/asker.ts';
import { AuditBook } from '../../../../server/audit/audit-book.ts';
import { orderIds } from '../../../../server/drivers/order-ids.ts';
import type { OperatorIdentity } from '../../../../server/ports.ts';
import { PlanOffice } from '../../../../server/programme/plan-office.ts';
import { addHall, announceTo, type Office, openOffice, silent } from '../office.ts';

const person = (user: string, role: OperatorIdentity['roles'][number], area: string): Asker => ({
  ...{ user, roles: [role], areas: [area], proved: true },
});
const SOMCHAI = person('somchai', 'author', '43');
const MALEE = person('malee', 'approver', '43');
const PEOPLE = [
  ...[SOMCHAI, MALEE, person('kaew', 'approver', '41'), person('mae', 'approver', '4302')],
  ...[person('viewer', 'viewer', '43'), person('nation', 'approver', 'th')],
];

let office: Office;
let desk: ApprovalDesk;
beforeEach(async () => {
  office = await openOffice();
  const { db, broker, clock, dispatcher, programmes } = office;
  const operators = {
    identity: async (user: string) => PEOPLE.find((each) => each.user === user),
    list: async () => PEOPLE,
  };
  desk = new ApprovalDesk({
    ...{ db, dispatch: dispatcher, operators, clock, log: silent },
    audit: new AuditBook({ db, clock }),
    policy: { quiet: [], alone: [], stepUp: true },
    plans: new PlanOffice({ db, programmes, clock }),
    newId: orderIds(clock, office.random),
    tell: new ApprovalNotices({ db, operators, broker, log: silent }).tell,
  });
  await addHall(db, 'hall-mae', '43010101');
});

/** Who was told what so far; forgets it. */
async function told(count: number): Promise<string[]> {
  const events = () => office.broker.sent.filter(({ topic }) => topic.includes('/event/'));
  await vi.waitFor(() => expect(events()).toHaveLength(count));
  const lines = events().map(({ topic, payload, retained }) => {
    const { state, by, to } = ApprovalEvent.parse(JSON.parse(payload.toString()));
    return `${topic.split('/')[3]} ${state} ${by} ${to.join()} ${retained}`;
  });
  office.broker.sent.length = 0;
  return lines.sort();
}

async function heldAlert() {
  const order = { ...announceTo(office.clock, ['4301']), kind: 'alert', band: 90 };
  const submitted = await desk.submit(order as never, SOMCHAI);
  if (!('held' in submitted)) throw new Error('it was sent');
  return submitted.held;
}

const TOLD = (state: string) =>
  ['malee', 'nation', 'somchai'].map((user) => `${user} ${state} somchai 4301 false`);

it('whoever may say yes, and the author, is told that it waits and what became of it; nobody else', async () => {
  const { id, sha256 } = await heldAlert();
  expect(await told(3)).toEqual(TOLD('waiting'));
  await desk.approve(id, sha256, MALEE);
  expect(await told(3)).toEqual(TOLD('approved'));
  const other = await heldAlert();
  await told(3);
  await desk.refuse(other.id, 'malee', 'ไม่ใช่หมู่บ้านนี้');
  expect(await told(3)).toEqual(TOLD('refused'));
});

it('also that nobody came', async () => {
  await desk.start();
  await heldAlert();
  await told(3);
  await office.clock.advance(HELD_LIFE_MS.alert + 60_000);
  desk.stop();
  expect(await told(3)).toEqual(TOLD('expired'));
});

it('a broker that is away keeps nothing from waiting', async () => {
  office.broker.away = true;
  const { id } = await heldAlert();
  expect(await desk.get(id)).toMatchObject({ state: 'waiting' });
});
