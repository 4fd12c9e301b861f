import { expect, onTestFinished, test } from 'vitest';
import { type PlugOptions, plugIntoTcp } from '../../../scripts/virtual-board/plug.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { spoken } from '../../unit/serial/mutated-streams.ts';
import { heardLine } from './heard-line.ts';

const PING = spoken('ping', { token: 1 });

/** A board behind such a cable: what the host says, and the names of the frames that it hears. */
async function joined(options: PlugOptions) {
  const plug = await plugIntoTcp(new VirtualBoard({ width: 16, height: 8 }), options);
  onTestFinished(() => plug.unplug());
  return { ...(await heardLine(plug.spec)), plug };
}

test('with an echo the host hears itself, then the board', async () => {
  const { say, heard } = await joined({ echo: true });
  await say(PING);
  await expect.poll(() => heard).toEqual(['ping', 'pong']);
});

test('who speaks while the other does spoils both', async () => {
  const { say, heard, plug } = await joined({ halfDuplex: true, toHost: { bytesPerSecond: 2_000 } });
  await say(spoken('probe', { token: 1, back: 600, filler: new Uint8Array(0) }));
  await expect.poll(() => plug.toHost.isBusy()).toBe(true);
  await say(PING);
  await expect.poll(() => plug.toHost.isBusy()).toBe(false);
  expect(heard).not.toContain('probed');
  expect(heard).not.toContain('pong');

  await say(PING);
  await expect.poll(() => heard).toContain('pong');
});
