import { expect, it } from 'vitest';
import type { Order } from '../../../firmware-protocol/content/order.ts';
import { type MadeAlert, madeAlert } from '../../fixtures/cap/made-alert.ts';
import { AUTOMATIC, deskWorld, TMD } from './desk-world.ts';

/** One alert with an info for each region, as a weather office writes it. */
const SENT = Date.parse('2026-11-26T14:30:30+07:00');
const HOUR_MS = 3_600_000;
const POLICY = { ...AUTOMATIC, senders: [{ sender: TMD, areas: ['th'], from: ['post:tmd'] }] };

function alertOf(...infos: Partial<MadeAlert>[]): string {
  const made = infos.map((info) =>
    madeAlert({ identifier: 'TMD-1', sender: TMD, sent: SENT, event: 'พายุ', ...info }),
  );
  const all = made.map((text) => /<info>.*<\/info>/s.exec(text)?.[0] ?? '').join('');
  return (made[0] ?? '').replace(/<info>.*<\/info>/s, all);
}
const told = (orders: Order[]) =>
  orders.map((order) => [order.to, 'announcement' in order ? order.announcement.title : order.kind]);

const THA_BO = { headline: 'พายุเข้าท่าบ่อ', geocode: '4302' };
const UDON = { headline: 'ฝนหนักที่อุดรธานี', geocode: '41', expires: SENT + 2 * HOUR_MS };

it('each region hears its own words, for its own time', async () => {
  const world = await deskWorld(POLICY);
  const record = await world.one(alertOf(THA_BO, UDON));
  expect(record).toMatchObject({ state: 'live', until: SENT + 2 * HOUR_MS });
  expect(told(world.sent)).toEqual([
    [['4302'], THA_BO.headline],
    [['41'], UDON.headline],
  ]);
  expect(world.sent.map(({ expires_at }) => Date.parse(expires_at) - SENT)).toEqual([HOUR_MS, 2 * HOUR_MS]);
  expect(record.orders).toEqual(world.sent.map(({ id }) => id));
  expect(world.said).toEqual([
    expect.stringContaining(THA_BO.headline),
    expect.stringContaining(UDON.headline),
  ]);
});

it('and a Cancel ends both', async () => {
  const world = await deskWorld(POLICY);
  const { id } = await world.one(alertOf(THA_BO, UDON));
  const names = { identifier: 'TMD-1', sender: TMD, sent: SENT, event: 'พายุ' };
  await world.one(madeAlert({ ...names, identifier: 'TMD-2', msgType: 'Cancel', names }));
  expect(await world.stateOf(id)).toBe('cancelled');
  expect(world.sent.slice(2).map((order) => order.kind === 'all-clear' && order.clears)).toEqual(
    world.sent.slice(0, 2).map((order) => order.id),
  );
});

it('a sending that was cut off goes on under the same ids, with what had not gone', async () => {
  const world = await deskWorld(POLICY);
  world.fate.diesAfter = 1;
  await expect(world.one(alertOf(THA_BO, UDON))).rejects.toThrow('the power went');
  world.fate.diesAfter = Number.POSITIVE_INFINITY;
  world.open().start();
  await expect
    .poll(() => told(world.sent))
    .toEqual([
      [['4302'], THA_BO.headline],
      [['41'], UDON.headline],
    ]);
});

it('infos for the same places are told once, and English beside Thai is not told', async () => {
  const world = await deskWorld(POLICY);
  await world.one(
    alertOf(THA_BO, { ...THA_BO, headline: 'ซ้ำ' }, { language: 'en-US', headline: 'Storm', geocode: '4302' }),
  );
  expect(told(world.sent)).toEqual([[['4302'], THA_BO.headline]]);
});

it('who is reached by another language only is told by its lists, in Thai', async () => {
  const world = await deskWorld(POLICY);
  await world.one(alertOf(THA_BO, UDON, { language: 'en-US', event: 'Thunderstorm', geocode: '4301' }));
  expect(told(world.sent)).toEqual([
    [['4302'], THA_BO.headline],
    [['41'], UDON.headline],
    [['4301'], 'เตือนภัย พายุฝนฟ้าคะนอง'],
  ]);
});

it('a person who tells fewer tells them their own words', async () => {
  const world = await deskWorld({});
  const { id } = await world.one(alertOf(THA_BO, UDON));
  await world.desk.approve({ id, by: 'somsri', to: ['4101', '43020101'] });
  expect(told(world.sent)).toEqual([
    [['43020101'], THA_BO.headline],
    [['4101'], UDON.headline],
  ]);
});
