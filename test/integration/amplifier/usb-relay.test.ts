import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { RelayAmplifier } from '../../../device/amplifier/relay-amplifier.ts';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { GuardedRelay } from '../../../device/drivers/relay/guarded-relay.ts';
import { bytesOf, usbRelayCommands } from '../../../device/drivers/relay/usb-relay.ts';
import { baudOfPty, openPty } from '../../../scripts/virtual-board/pty.ts';
import { childThatSwitchesOn } from './child.ts';
import { testFolder } from './folder.ts';

const PATIENCE = { timeout: 10_000, interval: 20 };
const ON = [0xa0, 1, 1, 0xa2];
const OFF = [0xa0, 1, 0, 0xa1];

/** The far end of a cable: what came over it. */
async function farRelay() {
  const folder = await testFolder();
  const heard: number[] = [];
  const pty = await openPty(join(folder, 'ttyUSB0'), (bytes) => void heard.push(...bytes));
  onTestFinished(() => pty.close());
  return { heard, path: pty.path };
}

const amplifierAt = (line: string) =>
  new RelayAmplifier({
    relay: new GuardedRelay(() => usbRelayCommands({ line, channel: 1 })),
    ...{ clock: systemClock, settleMs: 30 },
  });

describe('a relay behind a USB serial adapter', () => {
  test('is told four bytes at 9,600 baud', async () => {
    const { heard, path } = await farRelay();
    const amplifier = amplifierAt(path);
    await amplifier.on();
    await expect.poll(() => heard, PATIENCE).toEqual(ON);
    expect(baudOfPty(path)).toBe(9_600);
    await amplifier.off();
    await expect.poll(() => heard, PATIENCE).toEqual([...ON, ...OFF]);
  });

  test('goes off when this process is killed in the middle of a word', async () => {
    const { heard, path } = await farRelay();
    const child = await childThatSwitchesOn({ type: 'usb-relay', line: `/dev/../${path}` });
    await expect.poll(() => heard, PATIENCE).toEqual(ON);
    child.kill('SIGKILL');
    await expect.poll(() => heard, PATIENCE).toEqual([...ON, ...OFF]);
  });

  test('that is not plugged in fails', async () => {
    const amplifier = amplifierAt('/dev/ttyUSB-none');
    await expect(amplifier.on()).rejects.toMatchObject({ code: 'amplifier-failed' });
    await expect(amplifier.off()).rejects.toMatchObject({ code: 'amplifier-failed' });
  });

  test('has channels', () => {
    expect(bytesOf(1, 1)).toEqual(ON);
    expect(bytesOf(2, 0)).toEqual([0xa0, 2, 0, 0xa2]);
  });
});
