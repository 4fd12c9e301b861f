import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { pngOf } from '../../device/panel/picture/png.ts';
import type { Country } from '../../scripts/virtual-village/country.ts';
import type { Hall } from '../../scripts/virtual-village/hall.ts';
import { endsOf, foundCountry, say, temporaryFolder, until } from './setting.ts';

const folder = await temporaryFolder();
const SILENCE_SECONDS = 3;
let country: Country;
let hall: Hall;

beforeAll(async () => {
  country = await foundCountry(folder, {
    device: 'hall-alone',
    village: '43010101',
    sign: { width: 128, height: 64 },
    config: { fallback: { seconds: SILENCE_SECONDS } },
  });
  [hall] = country.halls as [Hall];
  await country.wake([]);
});

/** For who wants to see it: a picture of the lamps, where PRAKAT_PICTURES names a folder. */
async function photograph(name: string): Promise<void> {
  const album = process.env.PRAKAT_PICTURES;
  if (album === undefined) return;
  await mkdir(album, { recursive: true });
  await writeFile(join(album, `${name}.png`), pngOf(hall.board.display.seen(), 6));
}

test('the computer dies while a page stands: the village is told, and sees the next page when it is back', async () => {
  const { display, silence } = hall.board;
  await until(() => expect(silence.pageCrc()).not.toBe(0));
  const keptPage = silence.pageCrc();
  const announcement = {
    title: 'น้ำท่วม',
    panel: { pages: [{ text: 'น้ำท่วม โปรดระวัง', seconds: 60 }] },
  };
  const idle = display.shownCrc();
  await say(country, { to: ['43010101'], announcement });
  await until(() => expect(display.shownCrc()).not.toBe(idle));
  const page = display.shownCrc();

  await hall.killAgent();
  expect(display.shownCrc()).toBe(page);
  await until(() => expect(display.showsFallback).toBe(true), 10_000);
  expect(display.shownCrc()).toBe(keptPage);
  await photograph('fallback');

  hall.start();
  await until(() => expect(display.showsFallback).toBe(false));
  const short = { title: 'น้ำลด', panel: { pages: [{ text: 'น้ำลดแล้ว', seconds: 2 }] } };
  const order = await say(country, { to: ['43010101'], announcement: short });
  await until(async () => expect(await endsOf(country, hall, order)).toEqual(['panel finished']));
  await photograph('back');
  expect(silence.pageCrc()).toBe(keptPage);
});
