import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pngOf } from '../../../device/panel/picture/png.ts';
import { uploadPicture } from '../../../scripts/operator/upload.ts';
import { ADMIN_PASSWORD, Town } from '../server/town.ts';
import { Prakat } from './prakat.ts';

/** What is planned, what was uploaded and what lies ready, by the commands. */

let town: Town;
let prakat: Prakat;
beforeAll(async () => {
  [town, prakat] = await Promise.all([Town.found('embedded'), Prakat.built()]);
  await prakat.logOn(town);
});
afterAll(() => town.close());

const json = async (...args: string[]) => {
  const { code, out, err } = await prakat.run([...args, '--json']);
  expect(code, err).toBe(0);
  return JSON.parse(out);
};
const fails = async (...args: string[]) => {
  const { code, out } = await prakat.run([...args, '--json']);
  return [code, JSON.parse(out).error.code];
};
const written = async (name: string, document: object) => {
  const path = join(town.folder, name);
  await writeFile(path, JSON.stringify(document));
  return path;
};

describe('occurrences', () => {
  const days = ['--from', '2026-12-01', '--until', '2026-12-31'];
  const announcement = { title: 'ข่าวเช้า', language: 'th', panel: { pages: [{ text: 'สวัสดี' }] } };
  const entry = (id: string) => ({
    ...{ id, starts: '2026-11-01T06:30:00', rule: 'FREQ=DAILY', band: 40, announcement },
  });

  it('tells the days and times of each entry, of the areas inside too, and of a draft', async () => {
    await json('programme', '43', '--set', await written('p.json', { entries: [entry('morning')] }));
    await json('programme', '4301', '--draft', await written('d.json', { entries: [entry('drafted')] }));
    const { code, out } = await prakat.run(['occurrences', '43', ...days, '--lang', 'th']);
    expect(code).toBe(0);
    expect(out).toContain('43/morning  [40]  ข่าวเช้า\n  06.30  2026-12-01 – 2026-12-31 (31 วัน)');
    const entriesOf = async (...args: string[]) =>
      (await json('occurrences', ...args, ...days)).rows.map((row: { entry: string }) => row.entry);
    expect(await entriesOf('4301')).toEqual(['morning']);
    expect(await entriesOf('4301', '--draft')).toEqual(['morning', 'drafted']);
    expect(await entriesOf('43', '--below')).toEqual(['morning']);
  });

  it('is a week from today where no days are named', async () => {
    const { from, until, rows } = await json('occurrences', '43');
    expect(Date.parse(until) - Date.parse(from)).toBe(6 * 86_400_000);
    // What was published today has no past: its hour of today may be over.
    expect(rows[0].on[0].days.slice(-6)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('leaves it to the server what is no day', async () => {
    expect(await fails('occurrences', '43', '--from', 'พรุ่งนี้')).toEqual([1, 'request-invalid']);
  });
});

describe('library', () => {
  let poster: string;
  beforeAll(async () => {
    const path = join(town.folder, 'วัคซีน.png');
    await writeFile(path, pngOf({ width: 64, height: 48, rgb: new Uint8Array(3 * 64 * 48).fill(200) }));
    const { httpUrl: server, brokerUrl: broker } = town.server;
    poster = (await uploadPicture({ server, broker, user: 'admin', password: ADMIN_PASSWORD }, path)).sha256;
  });

  it('finds, renames and shares', async () => {
    const { items } = await json('library', '--search', 'วัคซีน', '--kind', 'picture');
    expect(items).toMatchObject([{ sha256: poster, by: 'admin', shared: false }]);
    expect((await json('library', poster, '--rename', 'ฉีดวัคซีนฟรี')).items).toMatchObject([
      { title: 'ฉีดวัคซีนฟรี' },
    ]);
    expect((await json('library', poster, '--share')).items).toMatchObject([{ shared: true }]);
    const { out } = await prakat.run(['library', '--unused', '--lang', 'th']);
    expect(out).toContain(`${poster}  ฉีดวัคซีนฟรี  (ภาพ; admin, `);
    expect((await json('library', poster, '--unshare')).items).toMatchObject([{ shared: false }]);
  });

  it('takes away, once', async () => {
    await json('library', poster, '--remove');
    expect((await json('library')).items).toEqual([]);
    expect((await fails('library', poster, '--remove'))[0]).toBe(1);
  });

  it('knows what cannot be meant', async () => {
    expect(await fails('library', '--remove')).toEqual([2, 'wrong-usage']);
    expect(await fails('library', poster, '--share', '--remove')).toEqual([2, 'wrong-usage']);
  });
});

describe('templates', () => {
  it('lists those that prakat brings along, writes one of ours, and takes it away', async () => {
    const { templates } = await json('templates', '--use', 'emergency');
    expect(templates.length).toBeGreaterThanOrEqual(9);
    const [{ template }] = templates;
    // What the verb prints can be put.
    const path = await written('ours.json', { ...templates[0], title: 'ของจังหวัดเอง' });
    expect((await json('templates', template, '--area', '43', '--put', path)).templates).toMatchObject([
      { area: '43', template, title: 'ของจังหวัดเอง' },
    ]);
    const { out } = await prakat.run(['templates', template, '--area', '4301', '--lang', 'th']);
    expect(out).toContain(`43/${template}  เหตุฉุกเฉิน  ของจังหวัดเอง`);
    await json('templates', template, '--area', '43', '--remove');
    expect((await json('templates', template, '--area', '43')).templates).toMatchObject([{ area: 'th' }]);
  });

  it('knows what cannot be meant', async () => {
    const path = await written('none.json', { title: 'ว่าง' });
    expect(await fails('templates', 'flood', '--remove')).toEqual([2, 'wrong-usage']);
    expect(await fails('templates', 'flood', '--area', '43', '--put', path)).toEqual([1, 'request-invalid']);
  });
});
