import { expect, test } from 'vitest';
import { addHall } from '../office.ts';
import { openProvince, PAINTED, type Province, stateWith } from './province.ts';

const face = (width: number, height = width / 2) => ({
  width,
  height,
  depth: 'rgb565' as const,
  marquee: false,
});
const withSign = (width: number) => stateWith({ panel: { works: true } }, { sign: face(width) });

async function addSigns(province: Province, widths: number[]): Promise<void> {
  for (const [n, width] of widths.entries()) {
    await addHall(province.db, `hall-${n}`, '43010101');
    await province.db.devices.states(new Map([[`hall-${n}`, withSign(width)]]));
    await province.heard(`hall-${n}`);
  }
}

test('the kinds of signs that the halls have are painted, the most frequent first, and all halls are accounted for', async () => {
  const province = await openProvince();
  const { db, ask, painted } = province;
  await addSigns(province, [64, 96, 96, 128, 128, 128, 192, 192, 256]);
  await addHall(db, 'hall-without', '43010101');
  await db.devices.states(new Map([['hall-without', stateWith({ tower: { works: true } })]]));
  await province.heard('hall-without');
  await addHall(db, 'hall-older', '43010101');
  await db.devices.states(new Map([['hall-older', stateWith({ panel: { works: true } })]]));
  await province.heard('hall-older');
  await addHall(db, 'hall-new', '43010101');
  await addHall(db, 'hall-far', '41010101');
  await db.devices.states(new Map([['hall-far', withSign(512)]]));

  const told = await ask('preview', { to: ['4301', 'device/hall-0'], text: 'น้ำท่วม โปรดระวัง' });
  expect(told.signs.map(({ face: { width }, halls }) => [width, halls])).toEqual([
    [128, 3],
    [192, 2],
    [96, 2],
    [256, 1],
  ]);
  expect(told.halls).toEqual({ painted: 8, others: 1, without: 1, untold: 2 });
  expect(painted.map((job) => job.face.width)).toEqual([128, 192, 96, 256]);

  const named = await ask('preview', { to: ['4301'], faces: [face(64), face(320)], text: 'น้ำ' });
  expect(named.signs.map(({ halls }) => halls)).toEqual([1, 0]);
  expect(named.halls).toEqual({ painted: 1, others: 8, without: 1, untold: 2 });
});

test('a page comes with its times, its looks and what is wrong with it, in both languages', async () => {
  const { ask, painted } = await openProvince();
  const { signs, halls } = await ask('preview', {
    title: 'ข่าว',
    text: 'คอมพิวเตอร์',
    hotline: 'โทร 1784',
    kind: 'alert',
  });
  expect(halls).toBeUndefined();
  expect(painted).toEqual([
    {
      face: face(128),
      band: 90,
      page: { title: 'ข่าว', text: 'คอมพิวเตอร์', hotline: 'โทร 1784', seconds: 10 },
    },
  ]);
  const [sign] = signs;
  expect(sign?.pages).toEqual([
    {
      ...{ page: 1, ms: 10_000, screens: PAINTED.screens, pictures: PAINTED.pictures },
      faults: [
        { path: 'qr', code: 'qr-unfit', en: expect.stringContaining('too small'), th: expect.any(String) },
        {
          path: 'text',
          code: 'words-cut',
          en: expect.stringContaining('คอมพิวเตอร์'),
          th: expect.stringContaining('คอมพิวเตอร์'),
        },
      ],
    },
  ]);
});

test('of a whole announcement each page is painted, or the one that is asked for; faults name their page', async () => {
  const { ask, painted } = await openProvince();
  const announcement = {
    title: 'ข่าว',
    tower: { parts: [{ type: 'media', sha256: 'f'.repeat(64), bytes: 1, ms: 1_000 }] },
    panel: { pages: [{ text: 'หนึ่ง' }, { text: 'สอง', seconds: 5 }] },
  };
  const all = await ask('preview', { announcement, band: 20 });
  expect(all.signs[0]?.pages.map(({ page }) => page)).toEqual([1, 2]);
  expect(painted.map(({ page: { text }, band }) => [text, band])).toEqual([
    ['หนึ่ง', 20],
    ['สอง', 20],
  ]);
  const { signs } = await ask('preview', { announcement, page: 2 });
  expect(signs[0]?.pages).toMatchObject([
    {
      page: 2,
      faults: [{ path: 'announcement.panel.pages[1].qr' }, { path: 'announcement.panel.pages[1].text' }],
    },
  ]);
  const { panel: _, ...heard } = announcement;
  expect(await ask('preview', { announcement: { ...heard, tower: { chime: 'ding' } } })).toEqual({
    signs: [],
  });
});

test.each([
  [{}, 'request-invalid', ''],
  [{ title: 'ข่าว' }, 'request-invalid', 'title'],
  [
    { announcement: { title: 'ข่าว', panel: { pages: [{ text: 'ข่าว' }] } }, qr: 'x' },
    'request-invalid',
    'announcement',
  ],
  [{ text: 'ข่าว', faces: [face(2_048)] }, 'request-invalid', 'faces[0]'],
  [{ text: 'ข่าว', picture: 'd'.repeat(64) }, 'unknown-media', 'picture'],
  [{ text: 'ข่าว', to: ['41'] }, 'outside-scope', 'to[0]'],
  [{ text: 'ข่าว', chime: 'ding' }, 'request-invalid', 'chime'],
])('%j is refused as %s at %s', async (request, code, path) => {
  const { answer, painted } = await openProvince();
  expect(await answer('somchai', 'preview', request)).toMatchObject({ error: { code, faults: [{ path }] } });
  expect(painted).toEqual([]);
});
