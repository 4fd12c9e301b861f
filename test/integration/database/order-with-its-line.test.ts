import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AUDIT_START, AuditEntry, followChain } from '../../../firmware-protocol/content/audit.ts';
import { AuditBook } from '../../../server/audit/audit-book.ts';
import { Dispatcher } from '../../../server/dispatch/dispatcher.ts';
import { orderIds } from '../../../server/drivers/order-ids.ts';
import type { Database } from '../../../server/tables.ts';
import { addHall, announceTo, type Office, openOffice, silent } from '../../unit/server/office.ts';
import { DATABASES, DatabaseSource } from './databases.ts';

/** Of each server; every third of them reaches nobody. */
const PUSHES = 12;

/** F45 F48: an order and the line that says who asked for it are stored together, by two servers at one database. */
describe.each(DATABASES)('an order with the line that says who asked, on %s', (kind) => {
  let source: DatabaseSource;
  let db: Database;
  let office: Office;
  let servers: { dispatcher: Dispatcher; book: AuditBook }[];

  beforeAll(async () => {
    source = await DatabaseSource.of(kind);
  });
  afterAll(() => source.close());
  beforeEach(async () => {
    const config = source.config();
    db = await source.open(config);
    const own = [await source.open(config), await source.open(config)];
    office = await openOffice(db);
    const { signer, broker, clock, random } = office;
    servers = own.map((db) => ({
      dispatcher: new Dispatcher({
        ...{ db, signer, broker, clock, random, log: silent },
        newOrderId: orderIds(clock, random),
      }),
      book: new AuditBook({ db, clock }),
    }));
    await addHall(db, 'hall-mae', '43010101');
  });

  const push = (server: number, to: string) => {
    const { dispatcher, book } = servers[server] ?? fail();
    const order = announceTo(office.clock, [to]);
    return book.recordedWith(
      { who: `somchai-${server}`, act: 'request/push', document: { order: order.id, to } },
      (asked) => dispatcher.send(order, asked),
      (sent) => ({ order: sent.order.id }),
    );
  };
  const told = async () => (await db.audit.lines(0, 1_000)).map((line) => AuditEntry.parse(JSON.parse(line)));

  it('leaves when both are durable', async () => {
    const seen: unknown[] = [];
    const publish = office.broker.publish.bind(office.broker);
    office.broker.publish = async (message) => {
      // By a session of its own: it sees what is committed.
      const { id } = JSON.parse(Buffer.from(message.payload).toString());
      seen.push([(await db.orders.get(id)) !== undefined, (await told()).map(({ outcome }) => outcome)]);
      return publish(message);
    };
    await push(0, '4301');
    expect(seen).toEqual([[true, ['asked']]]);
  });

  it('stands in one chain, and neither is there without the other', async () => {
    const pushes = Array.from({ length: 2 * PUSHES }, (_, at) => ({
      server: at % 2,
      to: at % 3 === 0 ? '5001' : '4301',
    }));
    const asked = ({ server, to }: { server: number; to: string }) =>
      Promise.allSettled([
        push(server, to),
        servers[server]?.book.write({ who: 'x', act: 'log-on', outcome: 'done' }),
      ]);
    // SQLite lets its second writer wait by holding up the process, in which the first would have to go on.
    if (kind === 'postgresql') await Promise.all(pushes.map(asked));
    else for (const each of pushes) await asked(each);

    const lines = await db.audit.lines(0, 1_000);
    expect(followChain(lines, AUDIT_START)).toEqual({ head: await db.audit.head() });
    const entries = await told();
    const ended = (outcome: string) =>
      entries.filter((each) => each.of !== undefined && each.outcome === outcome);
    expect(ended('refused').map(({ code }) => code)).toEqual(Array(PUSHES - PUSHES / 3).fill('nobody-there'));
    expect(ended('done')).toHaveLength(2 * PUSHES - (PUSHES - PUSHES / 3));
    for (const { n, outcome, document } of entries.filter(
      ({ act, of }) => act === 'request/push' && of === undefined,
    )) {
      expect(outcome).toBe('asked');
      const { order, to } = document as { order: string; to: string };
      expect((await db.orders.get(order)) !== undefined).toBe(to === '4301');
      expect(entries.filter(({ of }) => of === n)).toHaveLength(1);
    }
  });
});

function fail(): never {
  throw new Error('there is no such server');
}
