import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { crcHex } from '../../firmware-protocol/serial/crc32.ts';
import type { Country } from '../../scripts/virtual-village/country.ts';
import type { Hall } from '../../scripts/virtual-village/hall.ts';
import { foundCountry, say, stateOf, temporaryFolder, until } from './setting.ts';

const folder = await temporaryFolder();
const PUSH = {
  to: ['4301'],
  announcement: {
    title: 'น้ำท่วม',
    panel: { pages: [{ text: 'ระวังน้ำท่วม', seconds: 60 }] },
  },
};
let country: Country;
let hall: Hall;

beforeAll(async () => {
  country = await foundCountry(folder, {
    device: 'hall-seen',
    village: '43010101',
    sign: { width: 128, height: 64 },
  });
  [hall] = country.halls as [Hall];
  await country.wake([]);
});

/** Pixels of a PNG, RGB888. */
async function rgbOf(base64 = ''): Promise<Uint8Array> {
  return Uint8Array.from(await sharp(Buffer.from(base64, 'base64')).raw().toBuffer());
}

function shown(): Promise<AnswerTo<'screen'>> {
  return country.operator.ask('screen', { device: 'hall-seen' });
}

test('what was previewed is what the lamps show, and what the hall says that they show', async () => {
  const { display } = hall.board;
  // The board has said what it is, and the idle page stands.
  await until(async () => expect((await stateOf(country, hall))?.sign?.marquee).toBe(true));
  await until(async () => {
    const { screen } = await shown();
    expect(screen).toMatchObject({ of: { type: 'idle' }, known: 'confirmed', unknown: [] });
    expect(await rgbOf(screen.png)).toEqual(display.seen().rgb);
  });

  const { signs, halls } = await country.operator.ask('preview', PUSH);
  expect(halls).toEqual({ painted: 1, others: 0, without: 0, untold: 0 });
  const [page] = signs[0]?.pages ?? [];
  const first = page?.screens[0];
  expect(signs[0]?.face).toMatchObject({ width: 128, height: 64, marquee: true });
  expect(page?.faults).toEqual([]);
  expect(first?.running).toBeUndefined();

  const { announcement, to } = PUSH;
  const order = await say(country, { to, announcement, kind: 'announce' });
  await until(() => expect(crcHex(display.shownCrc())).toBe(first?.crc));
  expect(await rgbOf(page?.pictures[first?.picture ?? -1])).toEqual(display.seen().rgb);

  await until(async () => {
    const { screen } = await shown();
    expect(screen).toMatchObject({ crc: first?.crc, of: { type: 'play', play: order, page: 1, screen: 1 } });
    expect(await rgbOf(screen.png)).toEqual(display.seen().rgb);
  });

  // The hall is gone: nobody pretends to know.
  await hall.stopAgent();
  await until(() => expect(shown()).rejects.toMatchObject({ code: 'hall-away' }));
});
