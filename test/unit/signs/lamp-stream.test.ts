import { expect, test } from 'vitest';
import { encodeAdalight } from '../../../device/signs/lamp-stream/adalight.ts';
import { LampStreamPanel, repeatMs } from '../../../device/signs/lamp-stream/lamp-stream-panel.ts';
import { VirtualWled } from '../../../scripts/virtual-signs/virtual-wled.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { DeskLine } from '../../contract/ports/desk-line.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { PacedLine } from './paced-line.ts';

const SIZE = { width: 4, height: 2 };
const PIXELS = [0, 1, 2, 3, 7, 6, 5, 4];
const WHITE = { ...SIZE, rgb: new Uint8Array(24).fill(255) };
const OWN_EFFECT_RED = 64;

async function onDesk({ gamma = 1 } = {}) {
  const clock = new VirtualClock();
  const far = new VirtualWled({
    width: SIZE.width,
    pixels: PIXELS,
    now: () => clock.monotonic(),
    mute: true,
  });
  const line = new DeskLine(far);
  const order = Uint32Array.from(PIXELS);
  const panel = new LampStreamPanel(
    { line, clock, log: silentLog },
    { size: SIZE, order, encode: encodeAdalight, gamma, answers: false },
  );
  panel.link.start();
  await clock.advance(0);
  return { clock, far, line, panel };
}

async function during<T>(clock: VirtualClock, work: Promise<T>): Promise<T> {
  await clock.advance(10);
  return await work;
}

test('a page stands for an hour, though WLED forgets after 2.5 s', async () => {
  const { clock, far, panel } = await onDesk();
  await during(clock, panel.show(WHITE));
  for (let minute = 0; minute < 60; minute++) {
    await clock.advance(60_000);
    expect(far.lamps().rgb).toEqual(WHITE.rgb);
  }
  await panel.link.stop();
});

test('stopped, it leaves the lamps to the controller', async () => {
  const { clock, far, panel } = await onDesk();
  await during(clock, panel.show(WHITE));
  await panel.link.stop();
  await clock.advance(3_000);
  expect(far.lamps().rgb[0]).toBe(OWN_EFFECT_RED);
  expect(clock.pending()).toBe(0);
});

test('the page comes back with the line, without being asked for', async () => {
  const { clock, far, line, panel } = await onDesk();
  await during(clock, panel.show(WHITE));
  line.unplug();
  await clock.advance(3_000);
  expect(far.lamps().rgb[0]).toBe(OWN_EFFECT_RED);
  line.plugBack();
  await clock.advance(10_000);
  expect(far.lamps().rgb).toEqual(WHITE.rgb);
  await panel.link.stop();
});

test('a page that was refused for want of a line is not shown later', async () => {
  const { clock, far, line, panel } = await onDesk();
  await during(clock, panel.show(WHITE));
  line.unplug();
  const dark = { ...SIZE, rgb: new Uint8Array(24) };
  await expect(panel.show(dark)).rejects.toMatchObject({ code: 'panel-gone' });
  line.plugBack();
  await clock.advance(10_000);
  expect(far.lamps().rgb).toEqual(WHITE.rgb);
  await panel.link.stop();
});

test('dimmed to nothing a lit lamp stays lit, a dark one dark', async () => {
  const { clock, far, panel } = await onDesk();
  const half = { ...SIZE, rgb: Uint8Array.from({ length: 24 }, (_unused, at) => (at < 12 ? 200 : 0)) };
  await during(clock, panel.show(half));
  await during(clock, panel.setBrightness(0));
  expect([...far.lamps().rgb]).toEqual([...Array(12).fill(1), ...Array(12).fill(0)]);
  await during(clock, panel.setBrightness(128));
  expect(far.lamps().rgb[0]).toBe(100);
  await panel.link.stop();
});

test('a gamma of our own bends the middle, not the ends', async () => {
  const { clock, far, panel } = await onDesk({ gamma: 2 });
  const shades = {
    ...SIZE,
    rgb: Uint8Array.from({ length: 24 }, (_unused, at) => [0, 128, 255][at % 3] ?? 0),
  };
  await during(clock, panel.show(shades));
  expect([...far.lamps().rgb.subarray(0, 3)]).toEqual([0, 64, 255]);
  await panel.link.stop();
});

test('at 115200 baud 128 x 64 lamps, whose frame takes 2.1 s, show the page and nothing else', async () => {
  const clock = new VirtualClock();
  const size = { width: 128, height: 64 };
  const pixels = Array.from({ length: 8_192 }, (_unused, lamp) => lamp);
  const far = new VirtualWled({ width: size.width, pixels, now: () => clock.monotonic(), mute: true });
  const line = new PacedLine(clock, far, 11_520);
  const options = { size, order: Uint32Array.from(pixels), encode: encodeAdalight, gamma: 1, answers: false };
  const panel = new LampStreamPanel({ line, clock, log: silentLog }, options);
  panel.link.start();
  const white = { ...size, rgb: new Uint8Array(8_192 * 3).fill(255) };
  const shown = panel.show(white);
  await clock.advance(5_000);
  await shown;
  for (let second = 0; second < 20; second++) {
    await clock.advance(500);
    expect(far.lamps().rgb).toEqual(white.rgb);
  }
  await panel.link.stop();
});

test('a frame that takes long is repeated sooner, one that takes too long at once', () => {
  expect(repeatMs(0)).toBe(1_000);
  expect(repeatMs(1_600)).toBe(600);
  expect(repeatMs(2_130)).toBe(70);
  expect(repeatMs(4_800)).toBe(0);
});
