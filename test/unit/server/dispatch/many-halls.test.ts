import { beforeEach, describe, expect, it } from 'vitest';
import { Order } from '../../../../firmware-protocol/content/order.ts';
import type { ReportEvent } from '../../../../firmware-protocol/content/report.ts';
import { verifies } from '../../../../firmware-protocol/content/signature.ts';
import { RESEND, resendWaitMs } from '../../../../server/dispatch/resend-schedule.ts';
import { settled } from '../hand-clock.ts';
import { addHall, announceTo, asked, type Hall, type Office, openOffice } from '../office.ts';

let office: Office;
let halls: Hall[];

beforeEach(async () => {
  office = await openOffice();
  halls = [];
  for (const at of [1, 2, 3, 4, 5])
    halls.push(await addHall(office.db, `hall-${at}`, `4301010${at}`, at !== 5));
  office.dispatcher.start();
  await settled();
});

const hear = (at: number, event: ReportEvent) =>
  office.db.transaction((tables) =>
    office.dispatcher.heard(tables, [{ device: halls[at - 1]?.id ?? '', event }]),
  );
const end = (play: string, outcome: 'finished' | 'interrupted') => ({
  ...({ type: 'ended', play, outcome, output: 'panel' } as const),
  ended_at: '2026-11-13T18:00:00.000+07:00',
});
const fatesOf = async (order: string) => (await office.dispatcher.progress(asked(order)))?.fates;
const untilSilent = async () => {
  for (let sends = 1; sends < RESEND.silentAfterSends; sends++)
    await office.clock.advance(resendWaitMs(sends, 1) + 1_000);
};

describe('what became of an order', () => {
  it('is counted hall by hall: done, not done, refused, silent, away', async () => {
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['4301'], 600));
    expect(await fatesOf(order.id)).toEqual({ sent: 4, waiting: 1 });
    const taken = {
      type: 'accepted',
      play: order.id,
      kind: 'announce',
      outputs: ['panel' as const],
    } as const;
    for (const at of [1, 2]) await hear(at, { ...taken, outputs: ['panel'] });
    await hear(1, end(order.id, 'finished'));
    await hear(2, end(order.id, 'interrupted'));
    await hear(3, { type: 'refused', what: order.id, reason: 'outside-area', count: 1 });
    await untilSilent();
    const progress = await office.dispatcher.progress(asked(order.id));
    expect(progress?.fates).toEqual({ finished: 1, failed: 1, refused: 1, silent: 1, waiting: 1 });
    expect(progress?.open).toBe(2);
    await office.clock.advance(600_000);
    const over = await office.dispatcher.progress(asked(order.id));
    expect(over?.fates).toEqual({ finished: 1, failed: 1, refused: 1, silent: 1, expired: 1 });
    expect(over?.open).toBe(0);
  });

  it('that nobody heard though it was played is not done', async () => {
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['43010101']));
    const heard = { heard: 'no', likeness_pct: 3 } as const;
    const tower = {
      frames: 48_000,
      rate_hz: 48_000,
      ms: 1_000,
      amplifier: 'on',
      sink: 'alsa',
      heard,
    } as const;
    await hear(1, { ...end(order.id, 'finished'), output: 'tower', tower });
    expect(await fatesOf(order.id)).toEqual({ failed: 1 });
  });

  it('counts all that halls said at once, each in its own order', async () => {
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['4301'], 600));
    const other = await office.dispatcher.send(announceTo(office.clock, ['43010101']));
    const accepted = { type: 'accepted', play: order.id, kind: 'announce', outputs: ['panel', 'tower'] };
    const tower = { ...end(order.id, 'interrupted'), output: 'tower' };
    const said = [
      { device: 'hall-1', event: accepted },
      { device: 'hall-2', event: accepted },
      { device: 'hall-1', event: tower },
      { device: 'hall-1', event: { ...accepted, play: other.order.id, outputs: ['panel'] } },
      { device: 'hall-1', event: end(order.id, 'finished') },
      // Of a newer agent, of an order that is none, by a hall it was not for, and damaged: none of it takes others with it.
      { device: 'hall-3', event: { type: 'sang', play: order.id } },
      { device: 'hall-3', event: { ...accepted, play: '01J00000000000000000000000' } },
      { device: 'hall-2', event: { ...accepted, play: other.order.id } },
      { device: 'hall-4', event: { ...accepted, outputs: ['smoke'] } },
    ];
    await office.db.transaction((tables) => office.dispatcher.heard(tables, said));
    expect(await fatesOf(order.id)).toEqual({ finished: 1, accepted: 1, sent: 2, waiting: 1 });
    expect(await fatesOf(other.order.id)).toEqual({ accepted: 1 });
    const [first] = (await office.dispatcher.progress(asked(order.id)))?.deliveries ?? [];
    expect(first?.outcomes).toEqual({ tower: { outcome: 'interrupted' }, panel: { outcome: 'finished' } });
  });

  it('comes in pages, in the order of the villages, and of one fate alone', async () => {
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['4301']));
    const page = (more: object) => office.dispatcher.progress({ ...asked(order.id), ...more });
    const first = await page({ limit: 2 });
    expect(first?.deliveries.map(({ device }) => device)).toEqual(['hall-1', 'hall-2']);
    const second = await page({ limit: 2, after: first?.next });
    expect(second?.deliveries.map(({ device }) => device)).toEqual(['hall-3', 'hall-4']);
    const last = await page({ limit: 2, after: second?.next });
    expect(last?.deliveries.map(({ device }) => device)).toEqual(['hall-5']);
    expect(last?.next).toBeUndefined();
    expect((await page({ fate: 'waiting' }))?.deliveries.map(({ device }) => device)).toEqual(['hall-5']);
    expect(await page({ areas: ['50'] })).toBeUndefined();
    expect((await page({ areas: ['43010102'] }))?.fates).toEqual({ sent: 1 });
  });
});

it('hurries those alone that are there and have not answered', async () => {
  const { order } = await office.dispatcher.send(announceTo(office.clock, ['4301']));
  await hear(1, { type: 'accepted', play: order.id, kind: 'announce', outputs: ['panel'] });
  office.broker.topics();
  expect(await office.dispatcher.hurry(order.id, ['430101'])).toBe(3);
  await settled();
  expect(office.broker.topics()).toEqual([2, 3, 4].map((at) => `43/device/hall-${at}/order`));
  expect(await office.dispatcher.hurry(order.id, ['50'])).toBe(0);
});

describe('the end of an order', () => {
  it('is signed with it, and goes out without a signer', async () => {
    const alert = { ...announceTo(office.clock, ['4301']), kind: 'alert', band: 90 } as const;
    const { order } = await office.dispatcher.send(alert as never);
    office.broker.sent.splice(0);
    office.signer.sign = () => Promise.reject(new Error('the signer is gone'));
    const sent = await office.dispatcher.sendPreparedEnd(order.id);
    expect(sent).toMatchObject({ devices: 5, order: { kind: 'all-clear', clears: order.id, to: ['4301'] } });
    const onWire = Order.parse(JSON.parse(Buffer.from(office.broker.sent[0]?.payload ?? []).toString()));
    expect(onWire).toEqual(sent?.order);
    expect(verifies(onWire, onWire.signature, office.keys().keys[0]?.public ?? '')).toBe(true);
    // What was not answered is not sent again: the hall that was away hears of the end alone.
    await office.clock.advance(60_000);
    expect(office.broker.topics().every((topic) => topic.includes('device') || topic.includes('area'))).toBe(
      true,
    );
    expect(await fatesOf(order.id)).not.toHaveProperty('silent', 5);
  });

  it('is sent once, and not when its time is over', async () => {
    const { order } = await office.dispatcher.send(announceTo(office.clock, ['4301'], 60));
    expect((await office.dispatcher.sendPreparedEnd(order.id))?.devices).toBe(5);
    expect((await office.dispatcher.sendPreparedEnd(order.id))?.devices).toBe(0);
    const { order: other } = await office.dispatcher.send(announceTo(office.clock, ['4301'], 60));
    await office.clock.advance(60_000 + 900_000);
    expect(await office.dispatcher.sendPreparedEnd(other.id)).toBeUndefined();
    expect(await office.dispatcher.sendPreparedEnd('01J00000000000000000000000')).toBeUndefined();
  });
});
