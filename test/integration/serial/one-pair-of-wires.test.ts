import { expect, onTestFinished, test } from 'vitest';
import { openLine } from '../../../device/drivers/line.ts';
import { frameName } from '../../../firmware-protocol/serial/catalogue.ts';
import { FrameDecoder } from '../../../firmware-protocol/serial/decoder.ts';
import { type PlugOptions, plugIntoTcp } from '../../../scripts/virtual-board/plug.ts';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { spoken } from '../../unit/serial/mutated-streams.ts';

const PING = spoken('ping', { token: 1 });

/** A board behind such a cable: what the host says, and the names of the frames that it hears. */
async function joined(options: PlugOptions) {
  const plug = await plugIntoTcp(new VirtualBoard({ width: 16, height: 8 }), options);
  onTestFinished(() => plug.unplug());
  const decoder = new FrameDecoder();
  const heard: string[] = [];
  const line = openLine(plug.spec);
  await line.open({
    onBytes: (bytes) => {
      for (const one of decoder.push(bytes))
        heard.push(one.kind === 'frame' ? (frameName(one.frame.header.type) ?? '?') : one.reason);
    },
    onClosed: () => {},
  });
  onTestFinished(() => line.close());
  return { say: (bytes: Uint8Array) => line.write(bytes), heard, plug };
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
