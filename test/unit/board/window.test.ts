import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BoardPace } from '../../../device/board/board-pace.ts';
import { SendWindow } from '../../../device/board/board-window.ts';
import type { Frame } from '../../../firmware-protocol/serial/frame.ts';
import { ReceiveWindow } from '../../../scripts/virtual-board/receive-window.ts';

function frameOf(sequence: number): Frame {
  const header = {
    major: 1,
    address: 0,
    fromBoard: false,
    sequenced: true,
    poll: true,
    type: 1,
    sequence,
    ack: 0,
    held: 0,
  };
  return { header, body: new Uint8Array(0) };
}

/** Sends `count` loads through a line that loses what `loses` says; returns what the board did and how much was sent. */
function transfer(
  count: number,
  holds: number,
  loses: (n: number) => boolean,
): { done: number[]; sends: number } {
  const host = new SendWindow<number>(8, () => 1_000);
  const board = new ReceiveWindow(holds);
  const done: number[] = [];
  const loads = new Map<number, number>();
  let next = 0;
  let crossings = 0;
  let sends = 0;
  while (done.length < count) {
    const flying =
      host.firstLost() ??
      (next < count && host.hasRoom() ? host.add(next++, () => new Uint8Array(10)) : undefined);
    if (flying === undefined) {
      // Everything is on its way and nothing answers: the ping that follows a quiet line.
      const mark = host.mark();
      host.heard({ sequenced: false, sequence: 0, ...board.told() });
      host.lostBefore(mark);
      continue;
    }
    host.sent(flying);
    sends++;
    loads.set(flying.sequence, flying.load);
    if (loses(crossings++)) continue;
    for (const due of board.take(frameOf(flying.sequence))) done.push(loads.get(due.header.sequence) ?? -1);
    if (!loses(crossings++)) host.heard({ sequenced: true, sequence: flying.sequence, ...board.told() });
  }
  return { done, sends };
}

test.each([16, 0])('every frame is done once and in order, whatever is lost (board holds %i)', (holds) => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 5, maxLength: 60 }), (losses) => {
      const loses = (n: number): boolean =>
        (losses[n % losses.length] ?? false) && n % 7 !== 0 && n % 11 !== 1;
      expect(transfer(600, holds, loses).done).toEqual(Array.from({ length: 600 }, (_unused, n) => n));
    }),
    { numRuns: 50 },
  );
});

test('without loss nothing is sent twice, over the wrap of the sequence too', () => {
  expect(transfer(1_000, 16, () => false).sends).toBe(1_000);
});

test('a lost frame is sent again alone when the board holds those after it', () => {
  expect(transfer(100, 16, (n) => n === 20).sends).toBe(101);
});

test('an acknowledgement of what was never sent is not believed', () => {
  const host = new SendWindow<string>(4, () => 1_000);
  host.sent(host.add('a', () => new Uint8Array(1)));
  expect(host.heard({ sequenced: true, sequence: 200, ack: 200, held: 0xffff })).toEqual({
    done: [],
    lost: [],
  });
  expect(host.inFlight()).toHaveLength(1);
});

test.each([
  [100_000, 400, 2_064],
  [10_000, 80, 400],
])('with one bit in %i turned over, bodies settle where most pixels get through', (bits, least, most) => {
  const pace = new BoardPace();
  const sizes: number[] = [];
  let state = 1;
  for (let n = 0; n < 4_000; n++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const survives = (1 - 1 / bits) ** (8 * (pace.bodyBytes() + 15));
    if (state / 2 ** 32 < survives) pace.arrived(2_064);
    else pace.lost();
    if (n > 500) sizes.push(pace.bodyBytes());
  }
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  expect(mean).toBeGreaterThan(least);
  expect(mean).toBeLessThan(most);
});

test('on a clean line bodies grow to what the board takes within two dozen frames', () => {
  const pace = new BoardPace();
  for (let n = 0; n < 24; n++) pace.arrived(2_064);
  expect(pace.bodyBytes()).toBe(2_064);
});

test.each([
  [0, 1],
  [4, 4],
  [255, 16],
])('a board that announces a window of %i is sent %i frames at once', (announced, frames) => {
  const window = new SendWindow<number>(announced, () => Number.POSITIVE_INFINITY);
  let sent = 0;
  while (window.hasRoom()) window.add(sent++, () => new Uint8Array(10));
  expect(sent).toBe(frames);
});
