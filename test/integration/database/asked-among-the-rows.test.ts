import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newKeyPair } from '../../../firmware-protocol/content/signature.ts';
import { EnrolmentCode, readCode } from '../../../firmware-protocol/http/enrolment.ts';
import { enrolledHall } from '../../../scripts/bench/enrolled-hall.ts';
import { EnrolmentDesk } from '../../../server/fleet/enrolment-desk.ts';
import { Attempts } from '../../../server/operators/attempts.ts';
import type { Database } from '../../../server/tables.ts';
import { announceTo, asked, type Office, openOffice, stopOf } from '../../unit/server/office.ts';
import { DATABASES, DatabaseSource } from './databases.ts';

const HALLS = 3_000;
/** So small that they are written for longer than anybody is tried again. */
const ROWS_AT_ONCE = 20;

/** F45. */
describe.each(DATABASES)('while the rows of an order are written, on %s', (kind) => {
  let source: DatabaseSource;
  let db: Database;
  let office: Office;
  let desk: EnrolmentDesk;

  beforeAll(async () => {
    source = await DatabaseSource.of(kind);
  });
  afterAll(() => source.close());
  beforeEach(async () => {
    const config = source.config();
    db = await source.open(config);
    office = await openOffice(db);
    desk = new EnrolmentDesk({
      ...{ db, clock: office.clock, random: office.random, keys: office.keys },
      attempts: new Attempts(office.clock),
      addresses: () => ({ broker: '', media: '' }),
      onCredentials: async () => {},
    });
    await db.transaction(async ({ devices }) => {
      for (let at = 0; at < HALLS; at++)
        await devices.put(enrolledHall(`hall-${at}`, `43${String(at).padStart(6, '0')}`));
    });
  });
  const send = async () => (await office.dispatcher.send(announceTo(office.clock, ['th']))).order.id;
  /** The writer of a server beside this one. */
  async function whileRowsAreWritten<T>(work: () => Promise<T>): Promise<T> {
    let isOver = false;
    const writer = (async () => {
      let chunks = 0;
      while (!isOver && (await db.amongOthers(({ orders }) => orders.writeRows(ROWS_AT_ONCE)))) chunks++;
      return chunks;
    })();
    try {
      return await work();
    } finally {
      isOver = true;
      expect(await writer).toBeGreaterThan(0);
    }
  }
  const enrol = async (device: string, village: string) => {
    const { code } = await desk.createCode({ device, village, name: 'หอใหม่' }, ['th']);
    const { secret } = readCode(EnrolmentCode.parse(code));
    await desk.enrol({ secret, public: newKeyPair().publicKey }, 'there');
  };

  it('a hall is enrolled, and another moved, and the order is for those that were there', async () => {
    const id = await send();
    await whileRowsAreWritten(async () => {
      await enrol('hall-new', '57010101');
      await enrol('hall-7', '57010102');
    });
    while (await db.amongOthers(({ orders }) => orders.writeRows(1_000)));
    const progress = await office.dispatcher.progress(asked(id));
    expect(progress?.fates).toEqual({ sent: HALLS });
  });

  it('what no broker has yet is stopped', async () => {
    office.broker.away = true;
    const id = await send();
    await whileRowsAreWritten(() => office.dispatcher.send(stopOf(office.clock, ['th'], id)));
    while (await db.amongOthers(({ orders }) => orders.writeRows(1_000)));
    const [first] = await db.deliveries.page(id, { areas: ['th'], limit: 1 });
    expect(first).toMatchObject({ state: 'waiting', nextAt: null });
    expect(await db.deliveries.due(office.clock.wall() + 60_000, Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
    expect((await db.orders.unpublished(office.clock.wall())).map(({ kind: what }) => what)).toEqual([
      'stop',
    ]);
  });
});
