import sharp from 'sharp';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Screen } from '../../../firmware-protocol/mqtt/sign-screen.ts';
import type { Picture } from '../../../scripts/virtual-board/far-board.ts';
import { plugIn } from '../../../scripts/virtual-board/plug.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { PATIENCE, Stage } from './stage.ts';

const SIZE = { width: 96, height: 48 };
const LONG = 'ขอเชิญพี่น้องทุกท่านร่วมประชุมประจำเดือน ที่ศาลากลางหมู่บ้าน วันเสาร์นี้ เวลาเก้านาฬิกา';

/** A hall with our own board at the far end of a real line, showing its idle page. */
async function hallWith(size: { width: number; height: number }, turned = 0) {
  const stage = await Stage.open();
  const far = new VirtualBoard(size);
  const plug = await plugIn(far, stage.folder);
  onTestFinished(() => plug.unplug());
  const { agent } = await stage.hall({
    board: { line: plug.spec, panel: { ...size, turned } },
    place: 'บ้านเสาเล้า',
  });
  await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
  await vi.waitFor(() => expect(far.display.pages).toBeGreaterThan(0), PATIENCE);
  /** The first answer that is one: pictures come two seconds apart. */
  const screen = (have?: string) =>
    vi.waitFor(async () => {
      const answer = await stage.ask('screen', have === undefined ? {} : { have });
      return Screen.parse(answer.status === 'ok' ? answer.data : answer.error);
    }, PATIENCE);
  const push = (text: string) => {
    const announcement = {
      title: 'น้ำท่วม',
      panel: {
        pages: [
          { text: 'ก่อน', seconds: 2 },
          { text, seconds: 60 },
        ],
        times: 2,
      },
    };
    return stage.server.push({ kind: 'announce', band: 40, announcement }, '4301');
  };
  return { stage, far, agent, screen, push };
}

async function pixelsOf(png: string | undefined): Promise<Picture> {
  const { data, info } = await sharp(Buffer.from(png ?? '', 'base64'))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(3);
  return { width: info.width, height: info.height, rgb: Uint8Array.from(data) };
}

test('the picture of a page is what the lamps show, pixel by pixel, and says that the board confirmed it', async () => {
  const { far, screen, push } = await hallWith(SIZE);
  const order = push('ระวังน้ำท่วม ยกของขึ้นที่สูง');
  const told = await vi.waitFor(async () => {
    const now = await screen();
    expect(now.of).toMatchObject({ type: 'play', page: 2 });
    return now;
  }, PATIENCE);
  expect(await pixelsOf(told.png)).toEqual(far.display.seen());
  expect(told).toMatchObject({
    face: { ...SIZE, depth: 'rgb565' },
    known: 'confirmed',
    crc: far.display.shownCrc().toString(16).padStart(8, '0'),
    of: { type: 'play', play: order.id, title: 'น้ำท่วม', page: 2, pages: 2, screen: 1 },
    unknown: [],
  });
  const stood = Date.now() - Date.parse(told.since);
  expect(stood).toBeGreaterThanOrEqual(0);
  expect(stood).toBeLessThan(60_000);

  // Who has the picture gets all but that.
  const again = await screen(told.picture);
  expect(again).toMatchObject({ picture: told.picture, crc: told.crc, since: expect.any(String) });
  expect(again.png).toBeUndefined();
});

test('two pictures are two seconds apart, whoever asks', async () => {
  const { stage, screen } = await hallWith(SIZE);
  await screen();
  expect(await stage.ask('screen')).toMatchObject({ status: 'error', error: { code: 'too-soon' } });
});

test('a sign that hangs turned is seen as the street sees it', async () => {
  const { far, screen } = await hallWith({ width: 64, height: 32 }, 90);
  const { face, png } = await screen();
  expect(face).toMatchObject({ width: 32, height: 64, marquee: false });
  const upright = await pixelsOf(png);
  const lamps = far.display.seen();
  // Turned clockwise by a quarter, the street's left upper corner is the sign's left lower one.
  const own = (x: number, y: number) => [...lamps.rgb.subarray(3 * (y * 64 + x), 3 * (y * 64 + x) + 3)];
  for (let y = 0; y < 64; y++)
    for (let x = 0; x < 32; x++)
      expect([...upright.rgb.subarray(3 * (y * 32 + x), 3 * (y * 32 + x) + 3)]).toEqual(own(y, 31 - x));
});

test('what runs comes as its strip, and as it stands at this moment', async () => {
  const size = { width: 128, height: 16 };
  const { far, screen, push } = await hallWith(size);
  push(LONG);
  await vi.waitFor(() => expect(far.display.marquee.offset()).toBeGreaterThan(200), PATIENCE);
  const before = far.display.marquee.offset();
  const told = await vi.waitFor(async () => {
    const now = await screen();
    expect(now.running).toBeDefined();
    return now;
  }, PATIENCE);
  const after = far.display.marquee.offset();
  const { running, unknown, png } = told;
  expect(unknown).toEqual(['moment']);
  const moved = running?.moved ?? 0;
  // The board began when the commit reached it, the hall counts from its answer: some 20 ms of 60 columns a second.
  expect(moved).toBeGreaterThanOrEqual(before - 12);
  expect(moved).toBeLessThanOrEqual(after + 12);
  const strip = await pixelsOf(running?.png);
  expect(strip).toMatchObject({ width: running?.columns, height: 16 });
  const moment = await pixelsOf(png);
  const column = ({ rgb, width }: Picture, x: number) =>
    Array.from({ length: 16 }, (_, y) => [...rgb.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)]);
  const round = strip.width + (running?.gap_columns ?? 0);
  for (let x = 0; x < size.width; x++) {
    const at = (moved + x - size.width + round) % round;
    const dark = Array.from({ length: 16 }, () => [0, 0, 0]);
    expect(column(moment, x)).toEqual(at < strip.width ? column(strip, at) : dark);
  }

  const again = await screen(told.picture);
  expect(again.running?.png).toBeUndefined();
  expect(again.png).toBeDefined();
});

test('a sign whose line is gone is told as away, with the last picture', async () => {
  const { agent, far, screen } = await hallWith(SIZE);
  far.silent = true;
  await vi.waitFor(() => expect(agent.state()?.outputs.panel?.works).toBe(false), PATIENCE);
  const { unknown, png } = await screen();
  expect(unknown).toContain('away');
  expect(png).toBeDefined();
});

test('a hall without a sign says so', async () => {
  const stage = await Stage.open();
  const { agent } = await stage.hall();
  await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
  expect(agent.state()?.sign).toBeUndefined();
  expect(await stage.ask('screen')).toMatchObject({ status: 'error', error: { code: 'no-sign' } });
});
