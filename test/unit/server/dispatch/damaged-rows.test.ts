import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Programme } from '../../../../firmware-protocol/content/programme.ts';
import { RESEND } from '../../../../server/dispatch/resend-schedule.ts';
import { openSqlite } from '../../../../server/drivers/database/libsql.ts';
import { settled } from '../hand-clock.ts';
import { addHall, announceTo, asked, batchOf, chain, type Hall, type Office, openOffice } from '../office.ts';

/** Disks lie, and an earlier version wrote what this one would not: one row must not hold up the others. */
let folder: string;
let office: Office;
let hall: Hall;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-office-'));
  office = await openOffice(join(folder, 'server.db'));
  hall = await addHall(office.db, 'hall-mae', '43010101');
  office.dispatcher.start();
  await settled();
});
afterEach(async () => {
  await office.dispatcher.stop();
  await office.db.close();
  await rm(folder, { recursive: true });
});

function spoil(statement: string): void {
  const file = openSqlite(join(folder, 'server.db'));
  file.prepare(statement).run([]);
  file.close();
}
const idsSent = () => office.broker.sent.map(({ payload }) => JSON.parse(Buffer.from(payload).toString()).id);

it('an order: the others go out, and who asks for it is told', async () => {
  office.broker.away = true;
  const { order: damaged } = await office.dispatcher.send(announceTo(office.clock, ['43010101']));
  const { order } = await office.dispatcher.send(announceTo(office.clock, ['43010101']));
  spoil(`update orders set document = '{"format":1' where id = '${damaged.id}'`);
  office.broker.away = false;
  office.dispatcher.brokerUp();
  await settled();
  await office.clock.advance(8_000);
  expect(idsSent()).toEqual([order.id, order.id]);
  await expect(office.dispatcher.progress(asked(damaged.id))).rejects.toMatchObject({ code: 'data-invalid' });
});

it('an order that was sent once: the others are sent again', async () => {
  const { order: damaged } = await office.dispatcher.send(announceTo(office.clock, ['43010101']));
  const { order } = await office.dispatcher.send(announceTo(office.clock, ['43010101']));
  spoil(`update orders set document = '' where id = '${damaged.id}'`);
  office.broker.topics();
  await office.clock.advance(8_000);
  expect(idsSent()).toEqual([order.id]);
});

it('the last state of a hall: the hall is there, is sent to, and says its state again', async () => {
  spoil(`update devices set state = '{"boot":1}'`);
  expect(await office.db.devices.get('hall-mae')).toMatchObject({ state: null });
  expect(await office.db.devices.within('43')).toHaveLength(1);
  await office.dispatcher.send(announceTo(office.clock, ['43010101']));
  office.broker.topics();
  await office.clock.advance(8_000);
  expect(office.broker.topics()).toEqual(['43/device/hall-mae/order']);
});

it('a delivery: the others are sent again, and the reports that answer it are stored', async () => {
  const { order: damaged } = await office.dispatcher.send(announceTo(office.clock, ['43010101']));
  const { order } = await office.dispatcher.send(announceTo(office.clock, ['43010101']));
  await office.clock.advance(RESEND.rowsAfter_ms);
  spoil(`update deliveries set outcomes = '' where order_id = '${damaged.id}'`);
  office.broker.topics();
  await office.clock.advance(8_000);
  expect(idsSent()).toEqual([order.id]);
  const reports = chain([{ type: 'accepted', play: damaged.id, kind: 'announce', outputs: ['panel'] }]);
  expect(await office.ledger.take(hall.record, batchOf(hall, reports))).toMatchObject({ n: 1 });
});

it('a programme: those of other areas are still published and renewed', async () => {
  for (const area of ['43', '4301']) {
    const issued_at = '2026-11-13T09:00:00.000+07:00';
    const body = { format: 1, area, version: 1, by: 'x', issued_at, valid_until: issued_at, entries: [] };
    await office.db.programmes.add(Programme.parse(await office.signer.sign(body)));
  }
  spoil(`update programmes set document = 'x' where area = '43'`);
  await office.programmes.publishAll();
  expect(office.broker.topics()).toEqual(['43/area/4301/programme']);
});
