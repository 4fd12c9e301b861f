import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { epochMsOf } from '../../../firmware-protocol/content/instant.ts';
import type { DeviceState } from '../../../firmware-protocol/mqtt/messages.ts';
import { isServerError } from '../../../server/errors.ts';
import type { Database, OperatorRecord } from '../../../server/tables.ts';
import { HandClock } from '../../unit/server/hand-clock.ts';
import {
  addHall,
  announceTo,
  batchOf,
  chain,
  type Hall,
  openOffice,
  stopOf,
} from '../../unit/server/office.ts';
import { DATABASES, DatabaseSource } from './databases.ts';

/** What the domain asks of its tables, on every database that a server may have. */
describe.each(DATABASES)('the tables on %s', (kind) => {
  let source: DatabaseSource;
  let db: Database;
  const clock = new HandClock();

  beforeAll(async () => {
    source = await DatabaseSource.of(kind);
  });
  afterAll(() => source.close());
  beforeEach(async () => {
    db = await source.open();
  });

  const somchai: OperatorRecord = {
    user: 'somchai',
    roles: ['author', 'approver'],
    areas: ['43', '57'],
    passwordHash: null,
    brokerHash: 'ง',
    codeHash: 'x',
    codeExpiresAt: 1_794_562_200_000,
    codeAttempts: 0,
  };

  describe('people, boxes, content', () => {
    it('come back as they were put, times beyond 32 bits too, and are replaced whole', async () => {
      await db.operators.put(somchai);
      await db.operators.put({ ...somchai, codeHash: null, areas: ['th'] });
      expect(await db.operators.list()).toEqual([{ ...somchai, codeHash: null, areas: ['th'] }]);
      const { record } = await addHall(db, 'hall-mae', '43010101');
      await db.devices.seen(new Map([['hall-mae', 1_794_562_200_123]]));
      expect(await db.devices.get('hall-mae')).toEqual({ ...record, seenAt: 1_794_562_200_123 });
      expect(await db.devices.get('hall-far')).toBeUndefined();
    });

    it('devices of an area are found by their village, the country by all', async () => {
      for (const [id, village] of HALLS) await addHall(db, id, village);
      const ids = async (area: string) => (await db.devices.within(area)).map(({ id }) => id);
      expect(await ids('4301')).toEqual(['hall-mae', 'hall-pong']);
      expect(await ids('43010102')).toEqual(['hall-pong']);
      expect(await ids('th')).toEqual(['hall-mae', 'hall-pong', 'hall-far']);
    });

    it("sound, pictures and speech are the first one's", async () => {
      const sha256 = 'a'.repeat(64);
      const sound = { sha256, bytes: 5_000_000_000, ms: 3_000, title: 'ดินถล่ม', loudness_clufs: -1_600 };
      await db.media.put({ ...sound, uploadedBy: 'somchai', uploadedAt: 1 });
      await db.media.put({ ...sound, title: 'อื่น', uploadedBy: 'malee', uploadedAt: 2 });
      expect(await db.media.get(sha256)).toEqual(sound);
      await db.speech.put({ key: 'k', sha256, voice: 'v', at: 1 });
      expect(await db.speech.get('k')).toBe(sha256);
    });

    it('a state that holds Thai, quotes and a NUL as JSON writes it', async () => {
      await addHall(db, 'hall-mae', '43010101');
      const state = { ...STATE, warnings: ['ลำโพง "ซ้าย"\u0000'] };
      await db.devices.states(new Map([['hall-mae', state]]));
      expect((await db.devices.get('hall-mae'))?.state).toEqual(state);
    });
  });

  describe('a transaction', () => {
    it('is whole or not at all', async () => {
      await expect(
        db.transaction(async (tables) => {
          await tables.operators.put(somchai);
          throw new Error('the power went');
        }),
      ).rejects.toThrow('the power went');
      expect(await db.operators.get('somchai')).toBeUndefined();
    });

    it('counts once for each of twenty at a time that read and write the same row', async () => {
      await db.operators.put(somchai);
      const attempt = () =>
        db.transaction(async ({ operators }) => {
          const record = await operators.get('somchai');
          if (record !== undefined) await operators.put({ ...record, codeAttempts: record.codeAttempts + 1 });
        });
      const ends = await Promise.allSettled(Array.from({ length: 20 }, attempt));
      // In a crowd one may be told to come again; none is counted that was not, or twice.
      const told = ends.filter((end) => end.status === 'rejected');
      expect(told.every((end) => isServerError(end.reason, 'busy'))).toBe(true);
      expect((await db.operators.get('somchai'))?.codeAttempts).toBe(20 - told.length);
    });

    it('two writers of one version of a programme: one wins, the other is told', async () => {
      const programme = { area: '43', version: 1 } as Parameters<Database['programmes']['add']>[0];
      const ends = await Promise.allSettled([db.programmes.add(programme), db.programmes.add(programme)]);
      expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      await expect(db.transaction(({ programmes }) => programmes.add(programme))).rejects.toThrow();
    });
  });

  describe('orders', () => {
    beforeEach(async () => {
      for (const [id, village] of HALLS) await addHall(db, id, village);
    });

    const add = (order: object) =>
      db.transaction(({ orders }) =>
        orders.add({ ...order, signature: { key: 'k', value: 'A'.repeat(86) } } as Parameters<
          typeof orders.add
        >[0]),
      );

    const writeRows = async () => {
      while (await db.amongOthers(({ orders }) => orders.writeRows(1)));
    };

    it('have one delivery a device, however the targets overlap, and are due to who is online', async () => {
      const order = announceTo(clock, ['4301', '43010101', 'device/hall-mae']);
      expect(await add(order)).toBe(2);
      await db.devices.presences(new Map([['hall-pong', { state: 'offline', boot: 1 }]]));
      await db.orders.published(order.id, clock.wall() + 5_000);
      await writeRows();
      const states = (await db.deliveries.page(order.id, { areas: ['th'], limit: 99 })).map(
        ({ device, name, state, sends }) => [device, name, state, sends],
      );
      expect(states).toEqual([
        ['hall-mae', expect.any(String), 'sent', 1],
        ['hall-pong', expect.any(String), 'waiting', 0],
      ]);
      expect(await db.deliveries.tally(order.id, ['43'])).toEqual({
        fates: { sent: 1, waiting: 1 },
        open: 2,
      });
      const due = await db.deliveries.due(clock.wall() + 6_000, clock.wall() + 90_000, 10);
      expect(due.map(({ delivery }) => delivery.device)).toEqual(['hall-mae']);
    });

    it('a stop takes back what was not answered, and an order past its end expires', async () => {
      const [flood, smoke] = [announceTo(clock, ['4301']), announceTo(clock, ['th'], 60)];
      await add(flood);
      await add(smoke);
      const stop = stopOf(clock, ['43010101'], flood.id);
      await add(stop);
      await db.deliveries.halt({ ...stop, signature: { key: 'k', value: '' } } as never);
      await writeRows();
      const next = (await db.deliveries.page(flood.id, { areas: ['th'], limit: 99 })).map(
        ({ device, nextAt }) => [device, nextAt === null],
      );
      expect(next).toEqual([
        ['hall-mae', true],
        ['hall-pong', false],
      ]);
      expect(await db.deliveries.expire(epochMsOf(smoke.expires_at))).toBe(3);
      const recent = await db.orders.recent(['43'], 5);
      expect(recent.find(({ order }) => order.id === smoke.id)?.halls).toEqual({ expired: 2 });
    });
  });

  describe('reports', () => {
    const five = chain(
      Array.from({ length: 5 }, () => ({ type: 'booted', version: '1', clean: true }) as const),
    );
    const open = async () => {
      const office = await openOffice(db);
      const halls: Hall[] = [];
      for (const [id, village] of HALLS) halls.push(await addHall(db, id, village));
      return { office, halls };
    };

    it('of many halls at a time, each batch on two paths, are stored once', async () => {
      const { office, halls } = await open();
      const takes = halls
        .flatMap((hall) => [hall, hall])
        .map((hall) => office.ledger.take(hall.record, batchOf(hall, five)));
      const receipts = await Promise.all(takes);
      expect(receipts.map((receipt) => receipt?.n)).toEqual([5, 5, 5, 5, 5, 5]);
      expect(await db.reports.counts('th')).toEqual(new Map(HALLS.map(([id]) => [id, 5])));
    });

    it('with numbers and words longer than any of ours', async () => {
      const { office, halls } = await open();
      const [hall] = halls;
      if (hall === undefined) throw new Error('no hall');
      const [strange] = chain([{ type: 'booted', version: '1', clean: true }], {
        n: 5_000_000_000,
        hash: 'a'.repeat(64),
      });
      const report = { ...strange, at: `2026-11-13T09:00:00.${'0'.repeat(60)}+07:00`, boot: 2 ** 40 };
      const receipt = await office.ledger.take(hall.record, batchOf(hall, [report as never]));
      expect(receipt?.n).toBe(5_000_000_001);
      expect(await db.reports.list(hall.id, { after: 0, limit: 9 })).toMatchObject([{ boot: 2 ** 40 }]);
    });
  });

  it('opened by two at a time is brought up to date once', async () => {
    const config = source.config();
    if (kind === 'sqlite') await source.open(config);
    const both = await Promise.all([source.open(config), source.open(config)]);
    await both[0].operators.put(somchai);
    expect(await both[1].operators.get('somchai')).toEqual(somchai);
  });
});

const HALLS = [
  ['hall-mae', '43010101'],
  ['hall-pong', '43010102'],
  ['hall-far', '57010101'],
] as const;

const STATE: DeviceState = {
  boot: 2 ** 33,
  version: '0.1.0',
  village: '43010101',
  trust: 'server',
  boot_nonce: 'n',
  keys: 1,
  programmes: [],
  outputs: {},
  warnings: [],
};
