import sharp from 'sharp';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Bitmap } from '../../../device/sign-ports.ts';
import { Announcement, type Page } from '../../../firmware-protocol/content/announcement.ts';
import { plugIn } from '../../../scripts/virtual-board/plug.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { readQr } from '../../unit/panel/picture/qr-reading.ts';
import { DEVICE, PATIENCE, Stage, VILLAGE } from './stage.ts';

const SIZE = { width: 128, height: 64 };

/** A hall with a sign, and every page that the sign showed. */
async function signHall() {
  const stage = await Stage.open();
  const board = new VirtualBoard(SIZE);
  const plug = await plugIn(board, stage.folder);
  onTestFinished(() => plug.unplug());
  const pages: Bitmap[] = [];
  board.display.onShown = () => pages.push(board.display.bitmap());
  await stage.hall({ board: { line: plug.spec, panel: SIZE } });
  await vi.waitFor(() => expect(stage.server.events(DEVICE)[0]?.type).toBe('booted'), PATIENCE);
  return { stage, pages };
}

async function shown(stage: Stage, page: Partial<Page>) {
  const announcement = Announcement.parse({
    title: 'วัคซีน',
    panel: { pages: [{ text: 'วัคซีน', seconds: 2, ...page }] },
  });
  const order = stage.server.push({ kind: 'announce', band: 60, announcement, outputs: ['panel'] }, VILLAGE);
  const ended = () =>
    stage.server
      .events(DEVICE)
      .flatMap((event) => (event.type === 'ended' && event.play === order.id ? [event] : []));
  await vi.waitFor(() => expect(ended()).toHaveLength(1), { ...PATIENCE, timeout: 40_000 });
  return ended()[0];
}

test('a picture is fetched, checked and shown beside the words, with a code that a phone reads', async () => {
  const { stage, pages } = await signHall();
  const red = sharp({ create: { width: 40, height: 40, channels: 3, background: '#f80000' } });
  const picture = stage.picture(await red.png().toBuffer());
  const end = await shown(stage, { picture, qr: 'tel:1422' });
  expect(end).toMatchObject({ outcome: 'finished', panel: { pages: 1 } });
  expect(end?.panel?.left_out).toBeUndefined();
  expect(end?.panel?.board_crc).toBe(end?.panel?.crc);
  const readable = pages.filter((page) => {
    try {
      return readQr(page).every((text) => text === 'tel:1422');
    } catch {
      return false;
    }
  });
  expect(readable.length).toBeGreaterThan(0);
  const reds = (page: Bitmap) =>
    page.rgb.filter((value, at) => at % 3 === 0 && value > 200 && page.rgb[at + 1] === 0);
  expect(Math.max(...pages.map((page) => reds(page).length))).toBeGreaterThan(500);
}, 60_000);

test('a file that is no picture: the words are shown, and the report says what was left out', async () => {
  const { stage } = await signHall();
  const end = await shown(stage, { picture: stage.picture(Buffer.from('ไม่ใช่ภาพ')) });
  expect(end).toMatchObject({
    outcome: 'finished',
    panel: { pages: 1, left_out: [{ page: 1, part: 'picture', reason: 'picture-undecodable' }] },
  });
}, 60_000);
