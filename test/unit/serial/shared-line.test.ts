import { expect, test } from 'vitest';
import {
  FRAMES,
  type FrameBody,
  frameLine,
  type HostFrame,
} from '../../../firmware-protocol/serial/catalogue.ts';
import { FrameDecoder } from '../../../firmware-protocol/serial/decoder.ts';
import { encodeFrame } from '../../../firmware-protocol/serial/frame.ts';
import { EVERY_BOARD } from '../../../firmware-protocol/serial/header.ts';
import type { Codec } from '../../../firmware-protocol/serial/layout.ts';
import { SharedLine } from '../../../scripts/virtual-board/shared-line.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';

/** SPEC 5: several boards on one pair. */
const SIZE = { width: 16, height: 8 };

interface To {
  address: number;
  poll: boolean;
  sequence?: number;
}

function frame<N extends HostFrame>(to: To, name: N, body: FrameBody<N>): Uint8Array {
  const codec: Codec<unknown> = FRAMES[name].codec;
  const { id, sequenced } = FRAMES[name];
  const header = { major: 1, fromBoard: false, sequenced, type: id, sequence: 0, ack: 0, held: 0, ...to };
  return encodeFrame({ header, body: codec.encode(body) });
}

/** What a host understands of what came back. */
function heard(answers: Uint8Array[]): string[] {
  const decoded = new FrameDecoder().push(Buffer.concat(answers));
  return decoded.map((one) => (one.kind === 'frame' ? frameLine(one.frame) : one.reason));
}

function lineOf(...addresses: number[]): { line: SharedLine; boards: VirtualBoard[] } {
  const boards = addresses.map((address) => new VirtualBoard({ ...SIZE, address }));
  const line = new SharedLine(boards);
  for (const address of new Set(addresses))
    line.receive(frame({ address, poll: false }, 'hello', { minor: 1, session: 5 }));
  return { line, boards };
}

test('a board speaks only when it is polled, and then says all it kept, in order, the polled frame last', () => {
  const { line } = lineOf(1, 2);
  expect(line.receive(frame({ address: 2, poll: true }, 'ping', { token: 1 }))).toHaveLength(2);
  expect(line.receive(frame({ address: 2, poll: false, sequence: 0 }, 'commit', { crc: 9 }))).toEqual([]);
  expect(line.receive(frame({ address: 2, poll: false, sequence: 1 }, 'status-ask', {}))).toEqual([]);

  const said = heard(line.receive(frame({ address: 2, poll: true, sequence: 2 }, 'clock-ask', {})));

  expect(said.map((one) => one.split(' ack=')[0])).toEqual([
    '< error #0',
    '< status #1',
    '< clock-state #2',
    '< ack #2',
  ]);
});

test('a frame to one board is nothing to the others', () => {
  const { line, boards } = lineOf(1, 2);
  line.receive(frame({ address: 1, poll: true, sequence: 0 }, 'brightness', { level: 9 }));
  expect(boards.map(({ display }) => display.lamps.brightness)).toEqual([9, 255]);
});

test('a frame to all is heard by each, and answered by none', () => {
  const { line, boards } = lineOf(1, 2);
  expect(
    line.receive(frame({ address: EVERY_BOARD, poll: true }, 'hello', { minor: 1, session: 77 })),
  ).toEqual([]);
  expect(boards.map(({ session }) => session)).toEqual([77, 77]);
});

test('what it has no room for is dropped', () => {
  const { line } = lineOf(1);
  line.receive(frame({ address: 1, poll: true }, 'ping', { token: 0 }));
  for (let sequence = 0; sequence < 200; sequence++)
    line.receive(frame({ address: 1, poll: false, sequence }, 'status-ask', {}));
  const said = line.receive(frame({ address: 1, poll: true, sequence: 200 }, 'clock-ask', {}));
  expect(said.length).toBeLessThan(200);
  expect(
    heard(said)
      .slice(-2)
      .map((one) => one.split(' ')[1]),
  ).toEqual(['clock-state', 'ack']);
});

test('two boards of one address are not understood', () => {
  const { line } = lineOf(3, 3);
  const said = heard(line.receive(frame({ address: 3, poll: true }, 'ping', { token: 1 })));
  expect(line.collisions).toBe(1);
  expect(said.filter((one) => one.startsWith('<'))).toEqual([]);
});
