import { beforeEach, describe, expect, it } from 'vitest';
import { hashOf, type ReportEvent } from '../../../../firmware-protocol/content/report.ts';
import { newKeyPair, signed, signingKey } from '../../../../firmware-protocol/content/signature.ts';
import { addHall, batchOf, chain, type Hall, type Office, openOffice } from '../office.ts';

const booted: ReportEvent = { type: 'booted', version: '1', clean: true };
const five = chain([booted, booted, booted, booted, booted]);
const upTo = (n: number, reports = five) => {
  const report = reports.find((each) => each.n === n);
  return { n, hash: report === undefined ? '' : hashOf(report) };
};

let office: Office;
let hall: Hall;

beforeEach(async () => {
  office = await openOffice();
  hall = await addHall(office.db, 'hall-mae', '43010101');
});

/** As the mail does it: with the device as it stands in the database. */
async function take(payload: Uint8Array) {
  const device = await office.db.devices.get(hall.id);
  return device && office.ledger.take(device, payload);
}
const stored = async () =>
  (await office.db.reports.list(hall.id, { after: 0, limit: 500 })).map((report) => report.n);

describe('reports that come', () => {
  it('are stored and receipted', async () => {
    expect(await take(batchOf(hall, five.slice(0, 3)))).toEqual(upTo(3));
    expect(await take(batchOf(hall, five.slice(3)))).toEqual(upTo(5));
    expect(await stored()).toEqual([1, 2, 3, 4, 5]);
  });

  it('twice are stored once and receipted again', async () => {
    const batch = batchOf(hall, five.slice(0, 3));
    await take(batch);
    expect(await take(batch)).toEqual(upTo(3));
    expect(await stored()).toEqual([1, 2, 3]);
  });

  it('again without the last ones, which the device had to drop since, are receipted to their own end', async () => {
    await take(batchOf(hall, five));
    expect(await take(batchOf(hall, five.slice(0, 2)))).toEqual(upTo(2));
    expect(await stored()).toEqual([1, 2, 3, 4, 5]);
  });

  it('partly known bring only what is new', async () => {
    await take(batchOf(hall, five.slice(0, 3)));
    expect(await take(batchOf(hall, five.slice(1)))).toEqual(upTo(5));
    expect(await stored()).toEqual([1, 2, 3, 4, 5]);
  });

  it('at the same time on two paths are stored once', async () => {
    const receipts = await Promise.all([take(batchOf(hall, five)), take(batchOf(hall, five))]);
    expect(receipts).toEqual([upTo(5), upTo(5)]);
    expect(await stored()).toEqual([1, 2, 3, 4, 5]);
  });

  it('after a gap are stored: the device has the others no more', async () => {
    await take(batchOf(hall, five.slice(0, 1)));
    expect(await take(batchOf(hall, five.slice(3)))).toEqual(upTo(5));
    expect(await stored()).toEqual([1, 4, 5]);
  });

  it('of a newer device, with events nobody here knows, are stored as they came', async () => {
    const strange = { ...five[0], event: { type: 'saw-a-ufo', colour: 'green' }, mood: 'calm' };
    const document = signed({ device: hall.id, reports: [strange] }, signingKey(hall.id, hall.seed));
    expect(await take(Buffer.from(JSON.stringify(document)))).toEqual({ n: 1, hash: hashOf(strange) });
    const [report] = await office.db.reports.list(hall.id, { after: 0, limit: 1 });
    expect(JSON.parse(report?.document ?? '')).toEqual(strange);
  });

  it('are stored also where a name in them is longer than any of ours', async () => {
    const strange = { ...five[0], event: { type: 'saw-a-ufo', play: 'x'.repeat(5_000) } };
    const document = signed({ device: hall.id, reports: [strange] }, signingKey(hall.id, hall.seed));
    await take(Buffer.from(JSON.stringify(document)));
    expect(await office.db.reports.list(hall.id, { after: 0, limit: 1 })).toMatchObject([
      { n: 1, play: null },
    ]);
  });

  it('are read from the end, page by page', async () => {
    await take(batchOf(hall, five));
    const page = async (before?: number) =>
      (await office.db.reports.list(hall.id, { after: 1, before, newestFirst: true, limit: 2 })).map(
        ({ n }) => n,
      );
    expect(await page()).toEqual([5, 4]);
    expect(await page(4)).toEqual([3, 2]);
    expect(await page(2)).toEqual([]);
  });

  it('are found by what they are about', async () => {
    const about: ReportEvent = { type: 'accepted', play: '01K', kind: 'announce', outputs: ['tower'] };
    await take(batchOf(hall, chain([booted, about, booted])));
    const found = await office.db.reports.list(hall.id, { after: 0, limit: 9, play: '01K' });
    expect(found.map(({ n, type }) => [n, type])).toEqual([[2, 'accepted']]);
  });
});

describe('a batch that is not the word of the device', () => {
  it.each([
    ['is signed by another', () => batchOf(hall, five, newKeyPair().seed)],
    ['names another', () => batchOf({ ...hall, id: 'hall-far' }, five)],
    ['was altered', () => altered(batchOf(hall, five), '"clean":true', '"clean":false')],
    ['has a broken chain', () => batchOf(hall, [...five.slice(0, 2), ...five.slice(3)])],
    ['is no batch', () => Buffer.from('{"reports":[]}')],
    ['is no JSON', () => Buffer.from('\u0000\u0001')],
  ])('%s: nothing is stored, nothing receipted', async (_why, batch) => {
    expect(await take(batch())).toBeUndefined();
    expect(await stored()).toEqual([]);
  });
});

describe('two chains under one name', () => {
  it('of a copied card: the second is not stored', async () => {
    await take(batchOf(hall, five.slice(0, 3)));
    const copy = chain([{ ...booted, clean: false }, booted], upTo(2));
    expect(await take(batchOf(hall, copy))).toBeUndefined();
    expect(await stored()).toEqual([1, 2, 3]);
    expect((await office.db.devices.get(hall.id))?.copiedAt).toBe(office.clock.wall());
  });

  it('of a copied card that is behind: it is not receipted with the numbers of the other', async () => {
    await take(batchOf(hall, five));
    const copy = chain([{ ...booted, clean: false }, booted], upTo(2));
    expect(await take(batchOf(hall, copy))).toBeUndefined();
    expect(await stored()).toEqual([1, 2, 3, 4, 5]);
    expect((await office.db.devices.get(hall.id))?.copiedAt).toBe(office.clock.wall());
    // The first box goes on as if nothing were.
    expect(await take(batchOf(hall, five.slice(3)))).toMatchObject({ n: 5 });
  });

  it('of a lost receipt is none: the same again is no copy', async () => {
    await take(batchOf(hall, five));
    expect(await take(batchOf(hall, five.slice(0, 3)))).toMatchObject({ n: 3 });
    expect((await office.db.devices.get(hall.id))?.copiedAt).toBeNull();
  });

  it('of a lost store: the new one begins at 1, the old one stays, and replaying it changes nothing', async () => {
    await take(batchOf(hall, five));
    const anew = chain([{ ...booted, clean: false }, booted]);
    expect(await take(batchOf(hall, anew))).toEqual(upTo(2, anew));
    expect(await stored()).toEqual([1, 2]);
    expect((await office.db.reports.counts('4301')).get(hall.id)).toBe(7);
    expect(await take(batchOf(hall, five.slice(0, 2)))).toBeUndefined();
    expect(await stored()).toEqual([1, 2]);
  });
});

function altered(payload: Uint8Array, from: string, to: string): Uint8Array {
  return Buffer.from(Buffer.from(payload).toString().replace(from, to));
}
