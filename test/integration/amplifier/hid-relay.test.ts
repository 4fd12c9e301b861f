import { describe, expect, test } from 'vitest';
import { RelayAmplifier } from '../../../device/amplifier/relay-amplifier.ts';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { GuardedRelay } from '../../../device/drivers/relay/guarded-relay.ts';
import { hidRelayCommands } from '../../../device/drivers/relay/usb-relay.ts';
import { childThatSwitchesOn } from './child.ts';
import { fakeUsbRelay } from './fake-usbrelay.ts';
import { testFolder } from './folder.ts';

const PATIENCE = { timeout: 10_000, interval: 20 };

const amplifierCalled = (name: string) =>
  new RelayAmplifier({
    relay: new GuardedRelay(() => hidRelayCommands(name)),
    ...{ clock: systemClock, settleMs: 30 },
  });

describe('a USB relay without a serial port', () => {
  test('is switched by its name, on and off', async () => {
    const board = await fakeUsbRelay(await testFolder());
    const amplifier = amplifierCalled('HURTM_1');
    await amplifier.on();
    expect(await board.told()).toEqual(['on 1']);
    await amplifier.off();
    expect(await board.told()).toEqual(['on 1', 'off 1']);
  });

  test('of a maker whose relays do not tell their state is believed', async () => {
    const board = await fakeUsbRelay(await testFolder(), { serial: '123456', isMute: true });
    const amplifier = amplifierCalled('123456_1');
    await amplifier.on();
    await amplifier.off();
    expect(await board.told()).toEqual(['on 1', 'off 1']);
  });

  test.each([
    ['that is not plugged in', 'HURTM_1', true],
    ['of another name', 'OTHER_1', false],
    ['whose name only begins alike', 'HURTM_11', false],
  ])('%s fails, though the program says nothing', async (_name, name, isGone) => {
    const board = await fakeUsbRelay(await testFolder());
    if (isGone) await board.unplug();
    const amplifier = amplifierCalled(name);
    await expect(amplifier.on()).rejects.toMatchObject({ code: 'amplifier-failed' });
    await expect(amplifier.off()).rejects.toMatchObject({ code: 'amplifier-failed' });
    expect(await board.told()).toEqual([]);
  });

  test('that took the command and stays off fails, and is told off', async () => {
    const board = await fakeUsbRelay(await testFolder(), { isStuck: true });
    await expect(amplifierCalled('HURTM_1').on()).rejects.toMatchObject({ code: 'amplifier-failed' });
    expect((await board.told()).at(0)).toBe('on 1');
    expect((await board.told()).at(-1)).toBe('off 1');
  });

  test('goes off when this process is killed in the middle of a word', async () => {
    const board = await fakeUsbRelay(await testFolder());
    const child = await childThatSwitchesOn({ type: 'hid-relay', name: 'HURTM_1' });
    expect(await board.told()).toEqual(['on 1']);
    child.kill('SIGKILL');
    await expect.poll(() => board.told(), PATIENCE).toEqual(['on 1', 'off 1']);
  });
});
