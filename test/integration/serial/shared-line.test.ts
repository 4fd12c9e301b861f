import { expect, onTestFinished, test } from 'vitest';
import { BoardAmplifier } from '../../../device/board/board-amplifier.ts';
import { BoardLink } from '../../../device/board/board-link.ts';
import { BoardPanel } from '../../../device/board/board-panel.ts';
import { boardPage } from '../../../device/board/board-pixels.ts';
import { SharedLine } from '../../../device/board/shared-line.ts';
import { openLine } from '../../../device/drivers/line/line.ts';
import { systemClock, systemRandom } from '../../../device/drivers/machine/system-clock.ts';
import { type FarDevice, type PlugOptions, plugIntoTcp } from '../../../scripts/virtual-board/plug.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { noisyPage, ptyWith } from './world.ts';

const SIZE = { width: 128, height: 64 };
const PACED = { toBoard: { bytesPerSecond: 11_520 }, toHost: { bytesPerSecond: 11_520 } };

/** Boards on one pair of wires: each hears everything, also our own bytes come back. */
class Pair implements FarDevice {
  /** Bursts of different boards that came of the same bytes: two that spoke at once. */
  collisions = 0;
  echoes = true;
  readonly #boards: VirtualBoard[];

  constructor(boards: VirtualBoard[]) {
    this.#boards = boards;
  }

  receive(bytes: Uint8Array): Uint8Array[] {
    const said = this.#boards.map((board) => board.receive(bytes)).filter((one) => one.length > 0);
    if (said.length > 1) this.collisions++;
    return this.echoes ? [Uint8Array.from(bytes), ...said.flat()] : said.flat();
  }
}

async function pairOf(addresses: number[], missing: number[] = [], options: PlugOptions = {}) {
  const boards = boardsAt(addresses);
  const plug = await ptyWith(new Pair(boards), options);
  return { boards, plug, links: await linksOver(`${plug.spec}@115200`, addresses, missing) };
}

/** A line that holds nothing back, unlike a pty whose program waits for the processor: what is heard at once was said at once. */
async function promptPairOf(addresses: number[], options: PlugOptions = {}) {
  const boards = boardsAt(addresses);
  const pair = new Pair(boards);
  const plug = await plugIntoTcp(pair, options);
  onTestFinished(() => plug.unplug());
  return { boards, pair, plug, links: await linksOver(plug.spec, addresses) };
}

function boardsAt(addresses: number[]): VirtualBoard[] {
  return addresses.map((address) => new VirtualBoard({ ...SIZE, address, id: idOf(address) }));
}

/** Links to all, until those that are there are known. */
async function linksOver(spec: string, there: number[], missing: number[] = []): Promise<BoardLink[]> {
  const shared = new SharedLine(openLine(spec), systemClock);
  const links = [...there, ...missing].map((address) => {
    const parts = { clock: systemClock, random: systemRandom, log: silentLog };
    const link = new BoardLink({ ...shared.member(), address, ...parts });
    onTestFinished(() => link.stop());
    link.start();
    return link;
  });
  for (const [i, address] of there.entries())
    await expect.poll(() => links[i]?.board?.board, { timeout: 5_000 }).toBe(idOf(address));
  return links;
}

function idOf(address: number): string {
  return address.toString(16).padStart(16, '0');
}

/** The one at `index`, which the test made. */
function at<T>(all: T[], index: number): T {
  const found = all[index];
  if (found === undefined) throw new RangeError(`none at ${index}`);
  return found;
}

async function eachShowsItsOwn(boards: VirtualBoard[], links: BoardLink[]): Promise<void> {
  const pages = boards.map((_board, i) => noisyPage(128, 64, i + 1));
  const shown = await Promise.all(links.map((link, i) => new BoardPanel(link, SIZE).show(at(pages, i))));
  for (const [i, board] of boards.entries())
    expect(board.display.pixels()).toEqual(boardPage(at(pages, i)).pixels);
  expect(shown.map(({ boardCrc, crc }) => boardCrc === crc)).toEqual(boards.map(() => true));
}

test('two signs on one pair, with the echo of our own bytes: each shows its own page', async () => {
  const { boards, links } = await pairOf([1, 2]);
  await eachShowsItsOwn(boards, links);
});

test('two signs on one pair never speak at once', async () => {
  const { boards, pair, links } = await promptPairOf([1, 2]);
  await eachShowsItsOwn(boards, links);
  expect(pair.collisions).toBe(0);
});

test('on a noisy pair all pixels are right', async () => {
  const { boards, pair, plug, links } = await promptPairOf([1, 2]);
  plug.toBoard.faults.flipOneBitIn = 10_000;
  plug.toHost.faults.flipOneBitIn = 10_000;
  const page = noisyPage(128, 64, 3);

  await Promise.all(links.map((link) => new BoardPanel(link, SIZE).show(page)));

  for (const board of boards) expect(board.display.pixels()).toEqual(boardPage(page).pixels);
  expect(pair.collisions).toBe(0);
}, 20_000);

test("an amplifier waits for one burst of the other sign's page at most", async () => {
  const { boards, links } = await pairOf([1, 2], [], PACED);
  const page = new BoardPanel(at(links, 0), SIZE).show(noisyPage(128, 64, 1));
  await expect.poll(() => at(boards, 0).display.drawnCrc() !== at(boards, 0).display.shownCrc()).toBe(true);
  const timing = { settleMs: 0, limitSeconds: 60, renewMs: 20_000 };
  const amplifier = new BoardAmplifier(at(links, 1), systemClock, timing);

  const since = performance.now();
  await amplifier.on();

  // Two turns of the amplifier, power and question, each behind one burst of at most 190 ms, its listening, and the ways.
  expect(performance.now() - since).toBeLessThan(1_000);
  expect(at(boards, 1).relay.contact()).toBe('on');
  expect(at(boards, 0).display.pages).toBe(0);
  await page;
}, 20_000);

test('a board that is not there costs the other less than a fifth of its pages', async () => {
  const time = async (missing: number[]): Promise<number> => {
    const { links } = await pairOf([1], missing, PACED);
    const panel = new BoardPanel(at(links, 0), SIZE);
    // Until it is known that nobody is there.
    await panel.show(noisyPage(128, 64, 1));
    const since = performance.now();
    await panel.show(noisyPage(128, 64, 2));
    await panel.show(noisyPage(128, 64, 3));
    return performance.now() - since;
  };
  const alone = await time([]);
  const beside = await time([7]);
  expect(beside).toBeLessThan(alone * 1.2);
}, 30_000);

test('one board falls silent and is noticed within 2 s; the other goes on', async () => {
  const { boards, links } = await pairOf([1, 2]);
  at(boards, 0).silent = true;

  const since = performance.now();
  await expect.poll(() => at(links, 0).whyNot()?.code, { interval: 20, timeout: 4_000 }).toBe('panel-silent');

  expect(performance.now() - since).toBeLessThan(2_000);
  const shown = await new BoardPanel(at(links, 1), SIZE).show(noisyPage(128, 64, 5));
  expect(shown.boardCrc).toBe(shown.crc);
  at(boards, 0).silent = false;
  await expect.poll(() => at(links, 0).board?.width, { timeout: 8_000 }).toBe(128);
}, 20_000);
