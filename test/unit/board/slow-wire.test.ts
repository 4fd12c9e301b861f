import { expect, onTestFinished, test } from 'vitest';
import { BoardLink } from '../../../device/board/board-link.ts';
import { SharedLine } from '../../../device/board/shared-line.ts';
import { systemRandom } from '../../../device/drivers/machine/system-clock.ts';
import type { ByteLine } from '../../../device/sign-ports.ts';
import { SharedLine as Pair } from '../../../scripts/virtual-board/shared-line.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { HandClock } from '../server/hand-clock.ts';

/** Longer than the time in which a board must have answered: a loaded machine, a serial server behind a bad network. */
const TAKEN_AFTER_MS = 400;

/** Takes bytes late, and all that waits at once, as a driver does whose thread got no time. */
function slowLine(pair: Pair, clock: HandClock): ByteLine {
  let heard: (bytes: Uint8Array) => void = () => {};
  let waiting: { bytes: Uint8Array; taken: () => void }[] = [];
  const carry = () => {
    const all = waiting;
    waiting = [];
    for (const { taken } of all) taken();
    for (const answer of pair.receive(Buffer.concat(all.map(({ bytes }) => bytes)))) heard(answer);
  };
  return {
    bytesPerSecond: 11_520,
    open: async ({ onBytes }) => {
      heard = onBytes;
    },
    write: (bytes) =>
      new Promise((taken) => {
        if (waiting.length === 0) clock.after(TAKEN_AFTER_MS, carry);
        waiting.push({ bytes, taken });
      }),
    close: async () => {},
  };
}

test('a question that the line takes late is waited for from when it took it: no other board is asked meanwhile', async () => {
  const clock = new HandClock();
  const addresses = [1, 2];
  const pair = new Pair(addresses.map((address) => new VirtualBoard({ width: 16, height: 8, address })));
  const shared = new SharedLine(slowLine(pair, clock), clock);
  const links = addresses.map((address) => {
    const link = new BoardLink({ ...shared.member(), address, clock, random: systemRandom, log: silentLog });
    onTestFinished(() => link.stop());
    link.start();
    return link;
  });

  await clock.advance(0);
  await clock.advance(20_000);

  expect(pair.collisions).toBe(0);
  expect(links.map(({ board }) => board?.width)).toEqual([16, 16]);
});
