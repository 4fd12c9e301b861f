import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApprovalDesk } from '../../../server/approvals/approval-desk.ts';
import type { Asker } from '../../../server/asker.ts';
import { AuditBook } from '../../../server/audit/audit-book.ts';
import { Dispatcher } from '../../../server/dispatch/dispatcher.ts';
import { orderIds } from '../../../server/drivers/order-ids.ts';
import { PlanOffice } from '../../../server/programme/plan-office.ts';
import type { Database } from '../../../server/tables.ts';
import { addHall, announceTo, openOffice, silent } from '../../unit/server/office.ts';
import { DATABASES, DatabaseSource } from './databases.ts';

const ROUNDS = 8;
const person = (user: string, role: 'author' | 'approver'): Asker => ({
  ...{ user, roles: [role], areas: ['43'], proved: true },
});
const SOMCHAI = person('somchai', 'author');
const MALEE = person('malee', 'approver');
const KAEW = person('kaew', 'approver');
const PEOPLE = [SOMCHAI, MALEE, KAEW];

/** F47: what takes two people is decided once, by two servers at one database as well. */
describe.each(DATABASES)('an alert that two people decide at a time, on %s', (kind) => {
  let source: DatabaseSource;
  let servers: Database[];
  let office: Awaited<ReturnType<typeof openOffice>>;
  let desks: ApprovalDesk[];
  beforeAll(async () => {
    source = await DatabaseSource.of(kind);
    const config = source.config();
    const first = await source.open(config);
    // SQLite has one server.
    servers = [first, kind === 'postgresql' ? await source.open(config) : first];
    office = await openOffice(first);
    await addHall(first, 'hall-mae', '43010101');
    desks = servers.map(deskOn);
  });
  afterAll(() => source.close());

  function deskOn(db: Database): ApprovalDesk {
    const { signer, broker, clock, random, programmes } = office;
    const newId = orderIds(clock, random);
    const operators = {
      identity: async (user: string) => PEOPLE.find((each) => each.user === user),
      list: async () => PEOPLE,
    };
    return new ApprovalDesk({
      ...{ db, operators, clock, newId, log: silent, tell: () => {} },
      dispatch: new Dispatcher({ db, signer, broker, clock, random, newOrderId: newId, log: silent }),
      audit: new AuditBook({ db, clock }),
      policy: { quiet: [], alone: [], stepUp: true },
      plans: new PlanOffice({ db, programmes, clock }),
    });
  }

  async function waiting() {
    const alert = { ...announceTo(office.clock, ['4301']), kind: 'alert', band: 90 } as never;
    const submitted = await desks[0]?.submit(alert, SOMCHAI);
    if (submitted === undefined || !('held' in submitted)) throw new Error('it was sent');
    const { id, sha256 } = submitted.held;
    return { id, sha256 };
  }
  const left = (id: string) =>
    office.broker.sent.filter(({ payload }) => JSON.parse(payload.toString()).id === id).length;
  const counted = (both: PromiseSettledResult<unknown>[]) => both.map(({ status }) => status === 'fulfilled');

  it('a yes and a no: one of them counts, and it leaves only by the yes', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id, sha256 } = await waiting();
      const both = await Promise.allSettled([
        desks[round % 2]?.approve(id, sha256, MALEE),
        desks[(round + 1) % 2]?.refuse(id, 'kaew', 'ข้อมูลยังไม่ยืนยัน'),
      ]);
      const [yes, no] = counted(both);
      expect([yes, no].filter(Boolean)).toHaveLength(1);
      expect((await servers[0]?.held.get(id))?.state).toBe(yes ? 'approved' : 'refused');
      expect(left(id)).toBe(yes ? 1 : 0);
    }
  });

  it('two times yes: one of them counts, and it leaves once', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id, sha256 } = await waiting();
      const both = await Promise.allSettled([
        desks[0]?.approve(id, sha256, MALEE),
        desks[1]?.approve(id, sha256, KAEW),
      ]);
      expect(counted(both).filter(Boolean)).toHaveLength(1);
      expect(both).toContainEqual(
        expect.objectContaining({ reason: expect.objectContaining({ code: 'not-waiting' }) }),
      );
      expect(left(id)).toBe(1);
    }
  });
});
