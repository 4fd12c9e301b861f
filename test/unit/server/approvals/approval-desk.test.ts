import { beforeEach, describe, expect, it } from 'vitest';
import type { UnsignedOrder } from '../../../../firmware-protocol/content/order.ts';
import { Order } from '../../../../firmware-protocol/content/order.ts';
import { ApprovalDesk } from '../../../../server/approvals/approval-desk.ts';
import { HELD_LIFE_MS } from '../../../../server/approvals/held-facts.ts';
import type { HeldOrder } from '../../../../server/approvals/held-order.ts';
import type { Asker } from '../../../../server/asker.ts';
import { AuditBook } from '../../../../server/audit/audit-book.ts';
import { orderIds } from '../../../../server/drivers/order-ids.ts';
import type { OperatorIdentity } from '../../../../server/ports.ts';
import { PlanOffice } from '../../../../server/programme/plan-office.ts';
import { addHall, announceTo, type Office, openOffice, silent } from '../office.ts';

const identity = (user: string, role: OperatorIdentity['roles'][number], ...areas: string[]) => ({
  user,
  roles: [role],
  areas,
});
const SOMCHAI: Asker = { ...identity('somchai', 'author', '43'), proved: true };
const MALEE: Asker = { ...identity('malee', 'approver', '43'), proved: true };
const BOTH: Asker = { user: 'kaew', roles: ['author', 'approver'], areas: ['th'], proved: true };

let office: Office;
let people: OperatorIdentity[];
let audit: AuditBook;
let desk: ApprovalDesk;

function openDesk(alone: string[] = []): ApprovalDesk {
  return new ApprovalDesk({
    db: office.db,
    dispatch: office.dispatcher,
    operators: {
      identity: async (user) => people.find((each) => each.user === user),
      list: async () => people,
    },
    audit,
    policy: { quiet: [], alone, stepUp: true },
    plans: new PlanOffice({ db: office.db, programmes: office.programmes, clock: office.clock }),
    newId: orderIds(office.clock, office.random),
    tell: () => {},
    clock: office.clock,
    log: silent,
  });
}

beforeEach(async () => {
  office = await openOffice();
  people = [SOMCHAI, MALEE, BOTH];
  audit = new AuditBook({ db: office.db, clock: office.clock });
  desk = openDesk();
  await addHall(office.db, 'hall-mae', '43010101');
  await addHall(office.db, 'hall-pong', '43020101');
});

const alert = (): UnsignedOrder =>
  ({ ...announceTo(office.clock, ['4301']), kind: 'alert', band: 90 }) as never;
const orders = () => office.broker.sent.map(({ payload }) => Order.parse(JSON.parse(payload.toString())));

async function held(order = alert(), asker = SOMCHAI): Promise<HeldOrder> {
  const submitted = await desk.submit(order, asker);
  if (!('held' in submitted)) throw new Error('it was sent');
  return submitted.held;
}

describe('what an order would need, asked before it is sent', () => {
  it('is what it then waits for, and nothing where one person is enough', async () => {
    expect(await desk.needsOfOrder(alert())).toEqual(['alert']);
    expect(await desk.needsOfOrder(announceTo(office.clock, ['43']))).toEqual(['wide']);
    expect(await desk.needsOfOrder(announceTo(office.clock, ['4301']))).toEqual([]);
    expect(await openDesk(['43']).needsOfOrder(alert())).toEqual([]);
    expect(office.broker.sent).toEqual([]);
  });
});

describe('an order that takes two', () => {
  it('tells no hall before the second person said yes; then it is issued anew, with both names', async () => {
    const { order, sha256, needs } = await held();
    expect(needs).toEqual(['alert']);
    expect(orders()).toEqual([]);
    await office.clock.advance(600_000);
    await desk.approve(order.id, sha256, MALEE);
    expect(orders()).toMatchObject([{ id: order.id, by: 'somchai', approved_by: 'malee' }]);
    const [sent] = orders();
    expect(Date.parse(sent?.issued_at ?? '')).toBe(office.clock.wall());
    expect(Date.parse(sent?.expires_at ?? '') - office.clock.wall()).toBe(900_000);
  });

  it('tells the second person why, and no hall', async () => {
    const submitted = await desk.submit(alert(), SOMCHAI, 'แม่น้ำสูง 12 เมตร');
    if (!('held' in submitted)) throw new Error('it was sent');
    expect(await desk.list(1)).toMatchObject([{ why: 'แม่น้ำสูง 12 เมตร' }]);
    await desk.approve(submitted.held.id, submitted.held.sha256, MALEE);
    expect(JSON.stringify(orders())).not.toContain('12 เมตร');
  });

  it('is not approved by who wrote it, whatever the roles', async () => {
    const { order, sha256 } = await held(alert(), BOTH);
    await expect(desk.approve(order.id, sha256, BOTH)).rejects.toMatchObject({ code: 'own-request' });
    expect(orders()).toEqual([]);
  });

  it('counts only for what was read', async () => {
    const { order } = await held();
    await expect(desk.approve(order.id, '0'.repeat(64), MALEE)).rejects.toMatchObject({
      code: 'content-differs',
    });
  });

  it('takes the password of both again', async () => {
    await expect(desk.submit(alert(), { ...SOMCHAI, proved: false })).rejects.toMatchObject({
      code: 'step-up-needed',
    });
    const { order, sha256 } = await held();
    const unproved = desk.approve(order.id, sha256, { ...MALEE, proved: false });
    await expect(unproved).rejects.toMatchObject({ code: 'step-up-needed' });
    expect(orders()).toEqual([]);
  });

  it('is sent once, of two who say yes at once; and neither after a no', async () => {
    const { order, sha256 } = await held();
    const twice = await Promise.allSettled([
      desk.approve(order.id, sha256, MALEE),
      desk.approve(order.id, sha256, BOTH),
    ]);
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const other = await held();
    await desk.refuse(other.order.id, 'malee', 'ไม่ใช่หมู่บ้านนี้');
    await expect(desk.approve(other.order.id, other.sha256, BOTH)).rejects.toMatchObject({
      code: 'not-waiting',
    });
    expect(new Set(orders().map(({ id }) => id)).size).toBe(1);
    expect((await desk.get(other.order.id))?.reason).toBe('ไม่ใช่หมู่บ้านนี้');
  });

  it('is too late after its time, and the audit says that nobody came', async () => {
    await desk.start();
    const { order, sha256 } = await held();
    await office.clock.advance(HELD_LIFE_MS.alert);
    await expect(desk.approve(order.id, sha256, MALEE)).rejects.toMatchObject({ code: 'not-waiting' });
    await office.clock.advance(15_000);
    await expect.poll(async () => (await audit.lines(0, 10)).join()).toContain('approval/expired');
    desk.stop();
  });

  it('waits through a restart', async () => {
    const { order, sha256 } = await held();
    desk = openDesk();
    await desk.start();
    expect(await desk.list(10)).toMatchObject([{ state: 'waiting', order: { id: order.id } }]);
    await desk.approve(order.id, sha256, MALEE);
    expect(orders().length).toBe(1);
    desk.stop();
  });

  it('goes out at the next start when the server died between the yes and the sending', async () => {
    const { order } = await held();
    const at = office.clock.wall();
    await office.db.held.decide(order.id, { state: 'approved', by: 'malee', at, reason: null });
    await desk.start();
    expect(orders()).toMatchObject([{ id: order.id, approved_by: 'malee' }]);
    desk.stop();
  });

  it('does not speak for somebody who may not speak any more', async () => {
    const { order, sha256 } = await held();
    people = [identity('somchai', 'viewer', '43'), MALEE];
    await expect(desk.approve(order.id, sha256, MALEE)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('is refused at once where nobody could say yes', async () => {
    people = [SOMCHAI, { ...MALEE, areas: ['4302'] }];
    await expect(desk.submit(alert(), SOMCHAI)).rejects.toMatchObject({ code: 'no-approver' });
    people = [BOTH];
    await expect(desk.submit(alert(), BOTH)).rejects.toMatchObject({ code: 'no-approver' });
  });
});

it('what takes nobody else goes at once', async () => {
  await expect(
    desk.submit(announceTo(office.clock, ['4301']), { ...SOMCHAI, proved: false }),
  ).resolves.toMatchObject({
    sent: { devices: 1 },
  });
});

it('where one person is enough, the audit is loud before anything is', async () => {
  desk = openDesk(['4301']);
  await desk.submit(alert(), SOMCHAI);
  expect(orders().length).toBe(1);
  const [line = '{}'] = await audit.lines(0, 10);
  expect(JSON.parse(line)).toMatchObject({ who: 'somchai', act: 'alone', result: { needs: ['alert'] } });
  await expect(desk.submit({ ...alert(), to: ['device/hall-pong'] }, SOMCHAI)).resolves.toHaveProperty(
    'held',
  );
});

it('and what was asked urgently is asked, loud and stored in one go', async () => {
  desk = openDesk(['4301']);
  const commits: string[][] = [];
  const quiet = office.db.amongOthers;
  const counted: typeof quiet = async (work) => {
    const done = await quiet(work);
    commits.push((await audit.lines(0, 10)).map((line) => JSON.parse(line).act));
    return done;
  };
  office.db.amongOthers = counted;
  const order = alert();
  await audit.recordedWith({ who: 'somchai', act: 'request/push' }, (asked) =>
    desk.submit(order, { ...SOMCHAI, asked }),
  );
  // With the order; with the mark that it has left; with what came of it.
  const asked = ['request/push', 'alone'];
  expect(commits).toEqual([asked, asked, [...asked, 'request/push']]);
  expect(orders().map(({ id }) => id)).toEqual([order.id]);
});

it('a machine proves itself elsewhere, and still takes a person', async () => {
  const order = { ...alert(), by: 'cap/ปภ' };
  const { sha256 } = await held(order, { user: 'cap/ปภ', roles: [], areas: ['th'], proved: false });
  await desk.approve(order.id, sha256, MALEE);
  expect(orders()).toMatchObject([{ by: 'cap/ปภ', approved_by: 'malee' }]);
});
