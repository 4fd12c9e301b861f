import { mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../../device/ports.ts';
import { hashOf, type Report } from '../../../firmware-protocol/content/report.ts';
import { DocumentMaker } from '../../contract/ports/documents.ts';
import { claimOf, ended, stamped, started } from '../../contract/ports/store-records.ts';
import { HallFolders, meddle, NOW, offsetOf, openHall } from './hall-folder.ts';

/** F3: torn, truncated, zero-filled or overwritten, the database is evidence; the hall goes on and says so. */
const SAMPLES = 16;
const SECTOR = 512;
/** The highest version of an area that one key signed: it must outlive the document. */
const FLOOR = 'programme-floor/43/key';

const halls = new HallFolders();
const documents = new DocumentMaker();
let whole: string;
let bytes: number;
let before: Report[];

beforeAll(async () => {
  whole = await halls.make();
  const store = await openHall(whole);
  await store.commit({ facts: { boot: '41', 'wall-floor': '1000' }, keys: documents.keys(3) });
  await store.commit({
    programmes: [documents.programme('43', 7), documents.programme('430101', 2)],
    facts: { [FLOOR]: '7' },
  });
  for (let index = 0; index < 40; index++) {
    const play = `play-${index}`;
    await store.commit({
      claims: [claimOf(play, { state: 'ended', outcome: 'finished', keep_until: NOW })],
      reports: [stamped(started(play)), stamped(ended(play))],
    });
  }
  before = await store.reports(200);
  await store.close();
  await meddle(whole);
  bytes = (await stat(join(whole, 'store.db'))).size;
});
afterAll(() => halls.remove());

/** The sectors at which harm is done, spread over the file from its first byte on. */
const samples = Array.from({ length: SAMPLES }, (_, index) => index);
const sectorOf = (sample: number): number => Math.floor((sample * bytes) / SAMPLES / SECTOR) * SECTOR;

const faults: Record<string, (path: string, at: number) => Promise<void>> = {
  truncated: (path, at) => truncate(path, at),
  'zero-filled': (path, at) => overwrite(path, at, (length) => Buffer.alloc(length)),
  'filled with 0xff': (path, at) => overwrite(path, at, (length) => Buffer.alloc(length, 0xff)),
  'overwritten by one sector': (path, at) => overwrite(path, at, () => Buffer.alloc(SECTOR, 0x5a)),
};

async function overwrite(path: string, at: number, fill: (length: number) => Buffer): Promise<void> {
  const content = await readFile(path);
  fill(content.length - at).copy(content, at);
  await writeFile(path, content);
}

async function expectSane(store: Store): Promise<Report[]> {
  const reports = await store.reports(500);
  const known = new Map(before.map((report) => [report.n, hashOf(report)]));
  for (const report of reports) if (known.has(report.n)) expect(hashOf(report)).toBe(known.get(report.n));
  expect((await store.lastReport()).n).toBeGreaterThanOrEqual(before.length);
  expect(Number(await store.fact('boot'))).toBe(41);
  expect((await store.keys())?.version).toBe(3);
  expect(await store.fact(FLOOR)).toBe('7');
  await store.commit({ claims: [claimOf('after')], reports: [stamped(started('after'))] });
  expect(await store.claim('after', 'tower')).toBeDefined();
  return reports;
}

function missing(reports: Report[], last: number): number[] {
  const told = reports.flatMap(({ event }) => (event.type === 'dropped' ? [event] : []));
  return Array.from({ length: last }, (_, index) => index + 1).filter(
    (n) =>
      !reports.some((report) => report.n === n) && !told.some(({ first, last }) => first <= n && n <= last),
  );
}

describe.each(Object.entries(faults))('%s', (_name, fault) => {
  test.each(samples)('sample %i', async (sample) => {
    const folder = await halls.copyOf(whole);
    await fault(join(folder, 'store.db'), sectorOf(sample));
    const store = await openHall(folder);
    const reports = await expectSane(store);
    const { n } = await store.lastReport();
    expect(missing(await store.reports(500), n)).toEqual([]);
    const quarantined = reports.filter(({ event }) => event.type === 'quarantined');
    if (quarantined.length > 0) expect(await readdir(join(folder, 'quarantine'))).not.toEqual([]);
    else expect(reports).toEqual(before);
    await store.close();
  });
});

test('what can be read is salvaged: with only an index damaged, that is everything', async () => {
  const folder = await halls.copyOf(whole);
  const at = await offsetOf(folder, 'reports_type');
  const content = await readFile(join(folder, 'store.db'));
  await writeFile(join(folder, 'store.db'), content.fill(0xa5, at, at + 4_096));
  const store = await openHall(folder);
  const reports = await store.reports(500);
  expect(reports.slice(0, before.length)).toEqual(before);
  expect(reports[before.length]?.event).toMatchObject({ type: 'quarantined', what: 'store.db' });
  expect(await store.claim('play-39', 'tower')).toMatchObject({ state: 'ended' });
  expect(await store.programmes()).toHaveLength(2);
  expect(await store.fact('forgot-before')).toBeUndefined();
  await store.close();
});

test.each([
  ['nothing but garbage', (path: string) => writeFile(path, Buffer.alloc(70_000, 'prakat'))],
  ['gone', (path: string) => rm(path)],
  ['a folder', (path: string) => rm(path).then(() => mkdir(path))],
])(
  'a database that is %s: numbers, boot and keys go on, and orders of before cannot be judged',
  async (_name, harm) => {
    const folder = await halls.copyOf(whole);
    await harm(join(folder, 'store.db'));
    const store = await openHall(folder);
    const [first, second] = await store.reports(2);
    expect(first).toMatchObject({
      trust: 'none',
      boot: 41,
      event: { type: 'quarantined', what: 'store.db' },
    });
    expect(first?.n).toBeGreaterThan(before.length);
    expect(second?.event).toMatchObject({ type: 'dropped', first: 1, last: (first?.n ?? 0) - 1 });
    expect(await store.fact('boot')).toBe('41');
    expect(await store.fact('forgot-before')).toBe(String(NOW));
    expect(await store.claimed(['any'])).toEqual({ plays: [], forgotBefore: NOW });
    expect((await store.keys())?.version).toBe(3);
    expect(await store.fact(FLOOR)).toBe('7');
    await store.close();
  },
);

test('an older copy of the database: no number is given twice', async () => {
  const folder = await halls.copyOf(whole);
  const store = await openHall(folder);
  for (let index = 0; index < 5; index++)
    await store.commit({ reports: Array.from({ length: 300 }, () => stamped(started('later'))) });
  const { n } = await store.lastReport();
  await store.close();
  await meddle(folder);
  await writeFile(join(folder, 'store.db'), await readFile(join(whole, 'store.db')));
  const restored = await openHall(folder);
  expect((await restored.lastReport()).n).toBeGreaterThan(n);
  const reports = await restored.reports(500);
  expect(reports.at(-1)?.event).toMatchObject({ type: 'dropped', first: before.length + 1 });
  await restored.close();
});

test('a damaged row of a document or report is quarantined alone', async () => {
  const folder = await halls.copyOf(whole);
  await meddle(
    folder,
    `UPDATE documents SET raw = replace(raw, 'daily', 'hourly') || ' ' WHERE name IN ('programme/43', 'keys');
     UPDATE reports SET body = replace(body, 'tower', 'panel') WHERE n = 5`,
  );
  const store = await openHall(folder);
  expect((await store.programmes()).map(({ programme }) => programme.area)).toEqual(['430101']);
  expect((await store.keys())?.version).toBe(3);
  expect((await store.reports(500)).map(({ n }) => n)).not.toContain(5);
  const told = (await store.reports(500)).map(({ event }) => event);
  expect(told).toContainEqual(expect.objectContaining({ type: 'quarantined', what: 'programme/43' }));
  expect(told).toContainEqual(expect.objectContaining({ type: 'quarantined', what: 'keys' }));
  expect(told).toContainEqual({ type: 'dropped', first: 5, last: 5 });
  expect(await readdir(join(folder, 'quarantine'))).toHaveLength(3);
  await store.close();
});

test('damage that shows itself while the hall is open is mended there', async () => {
  const folder = await halls.copyOf(whole);
  const store = await openHall(folder);
  await meddle(folder, 'DROP TABLE head; CREATE TABLE head (one INTEGER, n TEXT, hash TEXT, bytes INTEGER)');
  await store.commit({ reports: [stamped(started('after'))] });
  const reports = await store.reports(500);
  expect(reports.at(-1)?.event).toMatchObject({ type: 'started', play: 'after' });
  expect(reports.some(({ event }) => event.type === 'quarantined')).toBe(true);
  await store.close();
});

test('evidence is bounded, however often the database is damaged', async () => {
  const folder = await halls.copyOf(whole);
  for (let index = 0; index < 12; index++) {
    await writeFile(join(folder, 'store.db'), `garbage ${index}`);
    await (await openHall(folder)).close();
  }
  const kept = (await readdir(join(folder, 'quarantine'))).filter((name) => name.endsWith('.db'));
  expect(kept).toHaveLength(8);
});
