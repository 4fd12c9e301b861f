import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { plugIntoPty } from '../../../scripts/virtual-board/plug.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { spoken } from '../../unit/serial/mutated-streams.ts';
import { heardLine } from './heard-line.ts';

test('after a new rate a host at the old one is noise, one at the new is heard, until the board has heard nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-pty-'));
  let silence = (): void => {};
  const time = {
    now: () => performance.now(),
    after: (_ms: number, call: () => void) => {
      silence = call;
      return () => {};
    },
  };
  const board = new VirtualBoard({ width: 16, height: 8, rates: ['921600'], time });
  const plug = await plugIntoPty(board, join(folder, 'board'), { rated: true });
  onTestFinished(async () => {
    await plug.unplug();
    await rm(folder, { recursive: true, force: true });
  });

  const slow = await heardLine(plug.spec);
  await slow.say(spoken('hello', { minor: 1, session: 3 }));
  await slow.say(spoken('line-rate-offer', { rate: 921_600 }, 0));
  await expect.poll(() => slow.heard).toEqual(['welcome', 'line-rate-state', 'ack']);
  expect(board.baud).toBe(921_600);

  const before = board.discarded();
  await slow.say(Buffer.concat([...Array(40)].map(() => spoken('ping', { token: 1 }))));
  await expect.poll(() => board.discarded()).toBeGreaterThan(before);
  expect(slow.heard).toHaveLength(3);

  await slow.close();
  const fast = await heardLine(`${plug.spec}@921600`);
  await fast.say(spoken('ping', { token: 2 }));
  await fast.say(spoken('ping', { token: 3 }));
  await expect.poll(() => fast.heard).toContain('pong');

  silence();
  expect(board.baud).toBe(115_200);
});
