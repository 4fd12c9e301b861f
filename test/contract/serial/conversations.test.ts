import { createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { frameLine } from '../../../firmware-protocol/serial/catalogue.ts';
import { FrameDecoder } from '../../../firmware-protocol/serial/decoder.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { boards, conversations } from './conversations.ts';

const TIME = { now: () => 0, after: () => () => {} };

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key. */
const SPKI = '302a300506032b6570032100';

function pemOf(makerKey: string): string {
  const der = Buffer.from(SPKI + makerKey, 'hex');
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return key.export({ format: 'pem', type: 'spki' }).toString();
}

/** For people who look why it failed: frames by name, then their bytes. */
function readable(bytes: Uint8Array): string[] {
  const frames = new FrameDecoder().push(bytes);
  return [
    ...frames.map((one) => (one.kind === 'frame' ? frameLine(one.frame) : one.reason)),
    Buffer.from(bytes).toString('hex'),
  ];
}

test.each(conversations)('the virtual board: $says', ({ board: make, turns }) => {
  const options = boards[make];
  if (options === undefined) throw new Error(`there is no board ${make}`);
  const key = options.makerKey;
  const update = key === undefined ? {} : { update: { key: pemOf(key) } };
  const board = new VirtualBoard({ ...options, ...update, time: TIME });
  for (const { says, host, board: expected } of turns) {
    const answered = Buffer.concat(board.receive(Buffer.from(host, 'hex')));
    expect([says, ...readable(answered)]).toEqual([says, ...readable(Buffer.from(expected, 'hex'))]);
  }
});
