import { beforeEach, describe, expect, it } from 'vitest';
import { Announcement } from '../../../../firmware-protocol/content/announcement.ts';
import type { UnsignedOrder } from '../../../../firmware-protocol/content/order.ts';
import { UploadBook } from '../../../../server/content/upload-book.ts';
import { addHall, announceTo } from '../office.ts';
import { entry, openProvince, type Province } from './province.ts';

const sha = (letter: string) => letter.repeat(64);
const HOUR_MS = 3_600_000;

let province: Province;
let book: UploadBook;
beforeEach(async () => {
  province = await openProvince();
  const { db, clock } = province;
  const areas: Record<string, string[]> = { somchai: ['43'], kamnan: ['43010101'], ministry: ['th'] };
  const identity = async (user: string) =>
    areas[user] && { user, roles: ['author' as const], areas: areas[user] };
  book = new UploadBook({ uploads: db.uploads, operators: { identity }, clock });
});

/** A sound of the library, as its upload leaves it. */
async function sound(letter: string, title: string, by = 'somchai', kind: 'sound' | 'speech' = 'sound') {
  const facts = { sha256: sha(letter), bytes: 12_000, ms: 4_200, title, loudness_clufs: -1_600 };
  const source = { source_clufs: -3_150, source_peak_cdb: -1_220 };
  await province.db.media.put({ ...facts, ...source, uploadedBy: by, uploadedAt: province.clock.wall() });
  await book.enter(facts, kind, by);
  await province.clock.advance(1_000);
}
const library = (request: object = {}, user?: string) => province.ask('library', request, user);
const titles = async (request: object = {}, user?: string) =>
  (await library(request, user)).items.map(({ title }) => title);
const refused = async (request: object, user = 'somchai') => {
  const answer = await province.answer(user, 'library', request);
  return answer.status === 'error' ? answer.error : undefined;
};
const withSound = (letter: string) => ({
  title: 'ข่าว',
  tower: { chime: 'ding', parts: [{ type: 'media', sha256: sha(letter), bytes: 12_000, ms: 4_200 }] },
});

describe('what people uploaded', () => {
  it('is told the newest first, with who, when, how long and how loud it came', async () => {
    await sound('a', 'เพลงชาติ');
    await sound('b', 'น้ำท่วม');
    const { items, next } = await library();
    expect(items.map(({ title }) => title)).toEqual(['น้ำท่วม', 'เพลงชาติ']);
    expect(items[1]).toEqual({
      ...{ sha256: sha('a'), kind: 'sound', title: 'เพลงชาติ', by: 'somchai', areas: ['43'], shared: false },
      ...{ at: '2026-11-13T09:00:00.000+07:00', bytes: 12_000, ms: 4_200 },
      loudness: { clufs: -1_600, source_clufs: -3_150, source_peak_cdb: -1_220 },
      ...{ uses: [], uses_in_all: 0, may_change: true },
    });
    expect(next).toBeUndefined();
  });

  it('is found by kind, by a part of its title, by who put it there, and page by page', async () => {
    await sound('a', 'เพลงชาติ');
    await sound('b', 'ประกาศ Dengue', 'somchai', 'speech');
    await sound('c', 'ประชุม', 'kamnan');
    const picture = {
      sha256: sha('d'),
      bytes: 900,
      width: 64,
      height: 48,
      frames: 1,
      type: 'image/png' as const,
    };
    await province.db.pictures.put({ ...picture, title: 'โปสเตอร์', uploadedBy: 'somchai', uploadedAt: 0 });
    await book.enter({ sha256: sha('d'), title: 'โปสเตอร์' }, 'picture', 'somchai');
    expect(await titles({ kind: 'speech' })).toEqual(['ประกาศ Dengue']);
    expect(await titles({ search: 'dengue' })).toEqual(['ประกาศ Dengue']);
    expect(await titles({ search: 'ชาติ' })).toEqual(['เพลงชาติ']);
    expect(await titles({ by: 'kamnan' })).toEqual(['ประชุม']);
    const { items } = await library({ kind: 'picture' });
    expect(items).toMatchObject([{ picture: { width: 64, height: 48, frames: 1, type: 'image/png' } }]);
    const first = await library({ limit: 3 });
    expect(first.items).toHaveLength(3);
    expect(await titles({ limit: 3, after: first.next })).toEqual(['เพลงชาติ']);
  });

  it('is seen by those of its areas, and from below where it is shared', async () => {
    await sound('a', 'ของจังหวัด');
    await sound('b', 'ของหมู่บ้าน', 'kamnan');
    await sound('c', 'ของกระทรวง', 'ministry');
    expect(await titles()).toEqual(['ของหมู่บ้าน', 'ของจังหวัด']);
    expect(await titles({}, 'kamnan')).toEqual(['ของหมู่บ้าน']);
    await library({ sha256: sha('a'), change: 'share' });
    expect(await titles({}, 'kamnan')).toEqual(['ของหมู่บ้าน', 'ของจังหวัด']);
    expect((await library({ sha256: sha('a') }, 'kamnan')).items).toMatchObject([{ may_change: false }]);
    expect(
      await refused({ sha256: sha('a'), by: 'somchai', change: 'rename', title: 'x' }, 'kamnan'),
    ).toMatchObject({
      code: 'outside-scope',
    });
    expect(await refused({ sha256: sha('c'), by: 'ministry', change: 'remove' })).toMatchObject({
      code: 'unknown-media',
    });
  });

  it('of two who upload the same is in both their libraries, each under its own title', async () => {
    await sound('a', 'เพลงชาติ');
    await sound('a', 'เคารพธงชาติ', 'kamnan');
    expect(await titles({}, 'kamnan')).toEqual(['เคารพธงชาติ']);
    expect(await titles()).toEqual(['เคารพธงชาติ', 'เพลงชาติ']);
    expect((await library({ sha256: sha('a'), change: 'rename', title: 'ธงชาติ' })).items).toMatchObject([
      { title: 'ธงชาติ' },
    ]);
    expect(await titles({}, 'kamnan')).toEqual(['เคารพธงชาติ']);
  });

  it('stands in nobody’s name where the server made it for itself', async () => {
    await sound('a', 'คำเตือนของกรม', 'tmd');
    expect(await titles()).toEqual([]);
  });
});

describe('where a file is used', () => {
  beforeEach(() => sound('a', 'เพลงชาติ'));
  const places = async (user?: string) =>
    (await library({ sha256: sha('a') }, user)).items.flatMap(({ uses }) =>
      uses.map(({ what, id }) => [what, id]),
    );

  it('is told of programmes, drafts, orders that live and templates', async () => {
    await province.ask('programme', {
      area: '43',
      entries: [entry('news', '20T12:00', { announcement: withSound('a') })],
    });
    await province.ask('draft', {
      area: '4301',
      entries: [entry('later', '20T12:00', { announcement: withSound('a') })],
    });
    const push = { media: [sha('a')] };
    await province.ask('templates', {
      change: 'put',
      area: '43',
      template: 'anthem',
      use: 'saved',
      title: 'ธงชาติ',
      push,
    });
    await addHall(province.db, 'hall-a', '43010101');
    const announced = announceTo(province.clock, ['43'], 600);
    const announcement = Announcement.parse(withSound('a'));
    const { order } = await province.dispatcher.send({ ...announced, announcement } as UnsignedOrder);
    expect(await places()).toEqual([
      ['programme', 'news'],
      ['draft', 'later'],
      ['order', order.id],
      ['template', 'anthem'],
    ]);
    expect(await titles({ unused: true })).toEqual([]);
    await province.clock.advance(601_000);
    expect(await places()).toHaveLength(3);
  });

  it('is counted, but not told, beyond what the asker may see', async () => {
    await library({ sha256: sha('a'), change: 'share' });
    await province.ask('programme', {
      area: '43',
      entries: [entry('news', '20T12:00', { announcement: withSound('a') })],
    });
    expect((await library({ sha256: sha('a') }, 'kamnan')).items).toMatchObject([
      { uses: [], uses_in_all: 1 },
    ]);
  });
});

describe('taken away', () => {
  const remove = { sha256: sha('a'), change: 'remove' };
  beforeEach(() => sound('a', 'เพลงชาติ'));

  it('is a file that nothing names; it is deleted a day later, when no order can name it any more', async () => {
    expect((await library(remove)).items).toEqual([]);
    expect(await province.answer('somchai', 'push', { to: ['43'], media: [sha('a')] })).toMatchObject({
      error: { code: 'unknown-media' },
    });
    await province.clock.advance(24 * HOUR_MS);
    await province.desk.sweep();
    expect(province.deleted).toEqual([]);
    await province.clock.advance(2 * HOUR_MS);
    await province.desk.sweep();
    expect(province.deleted).toEqual([sha('a')]);
  });

  it('is refused while something names it, with where', async () => {
    await province.ask('draft', {
      area: '4301',
      entries: [entry('later', '20T12:00', { announcement: withSound('a') })],
    });
    expect(await refused(remove)).toMatchObject({
      code: 'media-in-use',
      faults: [{ path: '4301/later', th: 'อยู่ในร่างผังรายการ: "ข่าว"' }],
    });
    await province.ask('draft', { area: '4301', discard: true });
    expect(await refused(remove)).toBeUndefined();
  });

  it('leaves the file to others who uploaded it', async () => {
    await sound('a', 'เคารพธงชาติ', 'kamnan');
    await library(remove);
    await province.clock.advance(30 * HOUR_MS);
    await province.desk.sweep();
    expect([province.deleted, await titles({}, 'kamnan')]).toEqual([[], ['เคารพธงชาติ']]);
  });

  it('comes back with the next upload of the same, and where somebody named it meanwhile', async () => {
    await library(remove);
    await sound('a', 'เพลงชาติ');
    await province.clock.advance(30 * HOUR_MS);
    await province.desk.sweep();
    expect([province.deleted, await titles()]).toEqual([[], ['เพลงชาติ']]);
    await library(remove);
    await province.programmes.replace(
      '43',
      [{ ...entry('news', '20T12:00'), announcement: withSound('a') } as never],
      'x',
    );
    await province.clock.advance(30 * HOUR_MS);
    await province.desk.sweep();
    expect([province.deleted, (await province.db.media.get(sha('a')))?.title]).toEqual([[], 'เพลงชาติ']);
  });
});
