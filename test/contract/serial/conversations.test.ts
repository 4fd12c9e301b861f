import { expect, test } from 'vitest';
import { frameLine } from '../../../firmware-protocol/serial/catalogue.ts';
import { FrameDecoder } from '../../../firmware-protocol/serial/decoder.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { conversations, optionsOf } from './conversations.ts';

const TIME = { now: () => 0, after: () => () => {} };

/** For people who look why it failed: frames by name, then their bytes. */
function readable(bytes: Uint8Array): string[] {
  const frames = new FrameDecoder().push(bytes);
  return [
    ...frames.map((one) => (one.kind === 'frame' ? frameLine(one.frame) : one.reason)),
    Buffer.from(bytes).toString('hex'),
  ];
}

test.each(conversations)('the virtual board: $says', ({ board: make, turns }) => {
  const board = new VirtualBoard({ ...optionsOf(make), time: TIME });
  for (const { says, host, board: expected } of turns) {
    const answered = Buffer.concat(board.receive(Buffer.from(host, 'hex')));
    expect([says, ...readable(answered)]).toEqual([says, ...readable(Buffer.from(expected, 'hex'))]);
  }
});
