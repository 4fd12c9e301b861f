import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DeviceError } from '../../../device/errors.ts';
import { SignView } from '../../../device/panel/sign-view.ts';
import type { Bitmap, PanelFace, ShownPage } from '../../../device/sign-ports.ts';
import { Screen } from '../../../firmware-protocol/mqtt/sign-screen.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';

const SHOWN: ShownPage = { crc: '00c0ffee', boardCrc: '00c0ffee' };
const bitmapOf = (...rgb: number[]): Bitmap => ({
  width: rgb.length / 3,
  height: 1,
  rgb: Uint8Array.from(rgb),
});
const idle = (bitmap: Bitmap) => ({ bitmap, of: { type: 'idle' as const } });

function looked(face: Partial<PanelFace> = {}, readsBack = true) {
  const clock = new VirtualClock();
  const world: { why?: DeviceError; isTimeKnown: boolean } = { isTimeKnown: true };
  const view = new SignView({
    clock,
    face: () => ({ width: 2, height: 1, depth: 'rgb565', marquee: true, ...face }),
    readsBack: () => readsBack,
    whyNot: () => world.why,
    isTimeKnown: () => world.isTimeKnown,
  });
  const screen = (have?: string) => Screen.parse(view.screen(have));
  return { clock, world, view, screen };
}

/** The pixels of a PNG as the hall writes them: one IDAT, rows without a filter. */
function pixelsOf(base64: string | undefined): number[] {
  const png = Buffer.from(base64 ?? '', 'base64');
  const at = png.indexOf('IDAT');
  return [...inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4))).subarray(1)];
}

test('before anything stood there is no picture', () => {
  expect(looked().view.screen(undefined)).toBeUndefined();
});

test('the picture has the shades of the lamps, not those of the painter', () => {
  const { view, screen } = looked();
  view.came(SHOWN, idle(bitmapOf(255, 255, 255, 12, 6, 129)));
  expect(pixelsOf(screen().png)).toEqual([255, 255, 255, 8, 4, 132]);
});

test('what the board read back is confirmed, and again at each look; what nobody read back is only sent', async () => {
  const { clock, view, screen } = looked();
  view.came(SHOWN, idle(bitmapOf(0, 0, 0)));
  const first = screen();
  expect(first).toMatchObject({ known: 'confirmed', unknown: [] });
  expect(first.confirmed_at).toBe(first.since);
  await clock.advance(30_000);
  view.looked('stands');
  const again = screen();
  expect(again.since).toBe(first.since);
  expect(Date.parse(again.confirmed_at ?? '') - Date.parse(again.since)).toBe(30_000);

  const other = looked({}, false);
  other.view.came({ crc: '00c0ffee' }, idle(bitmapOf(0, 0, 0)));
  other.view.looked('unknown');
  expect(other.screen()).toMatchObject({ known: 'sent', unknown: ['not-read-back'] });
  expect(other.screen().confirmed_at).toBeUndefined();
});

test('a page that was refused leaves in doubt what the sign shows, until one stands', () => {
  const { view, screen } = looked();
  const page = idle(bitmapOf(0, 0, 0));
  view.came(SHOWN, page);
  view.came(new DeviceError('panel-refused'), idle(bitmapOf(255, 0, 0)));
  expect(screen().unknown).toEqual(['refused']);
  view.came(SHOWN, page);
  expect(screen().unknown).toEqual([]);
  view.looked(new DeviceError('panel-refused'));
  expect(screen().unknown).toEqual(['refused']);
});

test('a sign that is away and a clock that is not known are said', () => {
  const { view, world, screen } = looked();
  view.came(SHOWN, idle(bitmapOf(0, 0, 0)));
  world.why = new DeviceError('panel-silent');
  world.isTimeKnown = false;
  expect(screen().unknown).toEqual(['away', 'time']);
});

test('a strip stands where the time has brought it, and begins anew where the sign was written again', async () => {
  const { clock, view, screen } = looked();
  const strip = bitmapOf(255, 0, 0, 0, 255, 0, 0, 0, 255);
  const marquee = { strip, x: 0, y: 0, width: 2, pixelsPerSecond: 1, gapColumns: 1 };
  view.came(SHOWN, { ...idle(bitmapOf(9, 9, 9, 9, 9, 9)), marquee });
  const [red, green, blue, dark] = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [0, 0, 0],
  ] as const;
  const stands = async (ms: number) => {
    await clock.advance(ms);
    return pixelsOf(screen().png);
  };
  expect(await stands(0)).toEqual([...dark, ...dark]);
  expect(await stands(1_000)).toEqual([...dark, ...red]);
  expect(await stands(1_000)).toEqual([...red, ...green]);
  expect(await stands(2_000)).toEqual([...blue, ...dark]);
  expect(await stands(1_000)).toEqual([...dark, ...red]);
  // Hours later it goes round all the same.
  expect(await stands(4_000 * 100_000)).toEqual([...dark, ...red]);
  view.looked('restored');
  expect(await stands(0)).toEqual([...dark, ...dark]);
  expect(screen()).toMatchObject({ running: { moved: 0, columns: 3, gap_columns: 1 }, unknown: ['moment'] });
});

test('who has the picture is not sent it again, but another one', () => {
  const { view, screen } = looked();
  view.came(SHOWN, idle(bitmapOf(0, 0, 0)));
  const { picture } = screen();
  expect(screen(picture).png).toBeUndefined();
  view.came(SHOWN, idle(bitmapOf(255, 255, 255)));
  expect(screen(picture).png).toBeDefined();
  expect(screen().picture).not.toBe(picture);
});
