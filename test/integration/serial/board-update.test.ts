import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { type BoardImage, readManifest, signImage } from '../../../device/board/board-image.ts';
import type { BoardLink } from '../../../device/board/board-link.ts';
import { UPDATE_TIMING, updateBoard } from '../../../device/board/board-update.ts';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { plugIntoPty } from '../../../scripts/virtual-board/plug.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { linkOver, noisyPage, ptyWith } from './world.ts';

const SIZE = { width: 128, height: 64 };
const MAKER = generateKeyPairSync('ed25519');
const KEY = MAKER.publicKey.export({ type: 'spki', format: 'pem' }).toString();

function boardWithUpdate(running = 3): VirtualBoard {
  return new VirtualBoard({ ...SIZE, update: { key: KEY, running, mostBytes: 1 << 20 } });
}

/** 96 KB that are not all the same. */
function image(version: number, key = MAKER.privateKey): BoardImage {
  const data = noisyPage(256, 128, version).rgb;
  return { ...readManifest(JSON.stringify(signImage(data, version, key))), data };
}

async function linked(board: VirtualBoard): Promise<BoardLink> {
  const link = linkOver((await ptyWith(board)).spec);
  await expect.poll(() => link.board?.width).toBe(128);
  return link;
}

test('an image goes over whole, is started, and the version that runs then is told', async () => {
  const board = boardWithUpdate();
  const link = await linked(board);
  const seen: number[] = [];
  const onProgress = ({ received }: { received: number }) => void seen.push(received);

  expect(await updateBoard(image(4), { link, clock: systemClock, onProgress })).toBe(4);

  expect(board.update?.running).toBe(4);
  expect([seen[0], seen.at(-1)]).toEqual([0, 256 * 128 * 3]);
}, 15_000);

test('a cable pulled and a loss of power in the middle: it goes on where the board stopped', async () => {
  const board = boardWithUpdate();
  const plug = await ptyWith(board);
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width).toBe(128);
  const begins: number[] = [];
  let last = 0;
  const onProgress = ({ received }: { received: number }) => {
    if (received <= last) begins.push(received);
    last = received;
  };
  plug.unplugAfter(40_000);

  const updated = updateBoard(image(4), { link, clock: systemClock, onProgress });
  await expect.poll(() => link.board).toBeUndefined();
  const kept = board.update?.state().received ?? 0;
  board.restart();
  const again = await plugIntoPty(board, plug.spec);

  expect(await updated).toBe(4);
  expect(kept).toBeGreaterThan(20_000);
  expect(begins[1]).toBe(kept);
  await again.unplug();
}, 15_000);

test.each([
  ['older than what runs', () => image(3), 'too-old'],
  ['not of the maker', () => image(4, generateKeyPairSync('ed25519').privateKey), 'bad-signature'],
  ['damaged on the disk', () => ({ ...image(4), data: new Uint8Array(98_304) }), 'bad-digest'],
])('an image %s is refused, and what runs goes on', async (_what, made, why) => {
  const board = boardWithUpdate();
  const link = await linked(board);

  const updated = updateBoard(made(), { link, clock: systemClock });

  await expect(updated).rejects.toMatchObject({ code: 'panel-refused', context: { why } });
  expect(board.update?.running).toBe(3);
  expect(board.update?.state().state).toBe('none');
});

test('never while the amplifier is on', async () => {
  const board = boardWithUpdate();
  const link = await linked(board);
  await link.run([{ name: 'amplifier-power', body: { power: 'on', limitSeconds: 60 } }]);

  const updated = updateBoard(image(4), { link, clock: systemClock });

  await expect(updated).rejects.toMatchObject({ context: { why: 'amplifier-on' } });
  expect(board.relay.contact()).toBe('on');
});

test('firmware that does not come up is told by the version that runs', async () => {
  const board = boardWithUpdate();
  // By its own check the old one was started again.
  if (board.update !== undefined) board.update.activate = () => undefined;
  const link = await linked(board);

  const updated = updateBoard(image(4), { link, clock: systemClock });

  await expect(updated).rejects.toMatchObject({
    context: { why: 'old-version-runs', running: 3, version: 4 },
  });
}, 15_000);

test('a board that is gone for good is no endless wait', async () => {
  const board = boardWithUpdate();
  const plug = await ptyWith(board);
  const link = linkOver(plug.spec);
  await expect.poll(() => link.board?.width).toBe(128);
  plug.unplugAfter(10_000);

  const timing = { ...UPDATE_TIMING, boardBackMs: 500 };
  const updated = updateBoard(image(4), { link, clock: systemClock, timing });

  await expect(updated).rejects.toMatchObject({ code: 'panel-gone' });
});

test('a board without the place for it is told apart', async () => {
  const link = await linked(new VirtualBoard(SIZE));
  await expect(updateBoard(image(4), { link, clock: systemClock })).rejects.toMatchObject({
    code: 'panel-cannot',
  });
});
