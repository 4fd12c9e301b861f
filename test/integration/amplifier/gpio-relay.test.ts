import { describe, expect, test } from 'vitest';
import { RelayAmplifier } from '../../../device/amplifier/relay-amplifier.ts';
import { systemClock } from '../../../device/drivers/machine/system-clock.ts';
import { gpiodCommands } from '../../../device/drivers/relay/gpiod-relay.ts';
import { GuardedRelay } from '../../../device/drivers/relay/guarded-relay.ts';
import { childThatSwitchesOn } from './child.ts';
import { fakeGpiod } from './fake-gpiod.ts';
import { testFolder } from './folder.ts';

const SETTLE_MS = 80;
const PATIENCE = { timeout: 10_000, interval: 20 };

const amplifierOn = (line: string | number, activeLow: boolean) =>
  new RelayAmplifier({
    relay: new GuardedRelay(() => gpiodCommands({ line, activeLow })),
    ...{ clock: systemClock, settleMs: SETTLE_MS },
  });

describe.each(['1.6.3', '2.2.1'] as const)('a relay on a pin, by gpiod %s', (version) => {
  test.each([false, true])('goes on, settles, and goes off (active low: %s)', async (activeLow) => {
    const pin = await fakeGpiod(await testFolder(), version);
    const amplifier = amplifierOn('GPIO17', activeLow);
    const on = activeLow ? 0 : 1;
    await amplifier.on();
    const settledAt = Date.now();
    expect((await amplifier.measure()).faults).toEqual([]);
    await amplifier.off();
    const changes = await pin.changes();
    expect(changes.map(({ level }) => level)).toEqual([on, 1 - on]);
    expect(settledAt - (changes[0]?.at ?? 0)).toBeGreaterThanOrEqual(SETTLE_MS - 1);
  });

  test('is switched off at the start, whatever the last agent left', async () => {
    const pin = await fakeGpiod(await testFolder(), version);
    await amplifierOn('GPIO17', false).off();
    expect((await pin.changes()).map(({ level }) => level)).toEqual([0]);
  });

  test('goes off when this process is killed in the middle of a word', async () => {
    const folder = await testFolder();
    const pin = await fakeGpiod(folder, version);
    const child = await childThatSwitchesOn({ type: 'gpio', line: 'GPIO17', active_low: true });
    await expect.poll(async () => (await pin.changes()).at(-1)?.level, PATIENCE).toBe(0);
    child.kill('SIGKILL');
    await expect.poll(async () => (await pin.changes()).at(-1)?.level, PATIENCE).toBe(1);
  });

  test('that another program holds fails, and says why', async () => {
    const pin = await fakeGpiod(await testFolder(), version);
    await pin.occupy();
    await expect(amplifierOn('GPIO17', false).on()).rejects.toMatchObject({
      code: 'amplifier-failed',
      context: { said: expect.stringContaining('busy') },
    });
  });
});

test('a number needs no name', async () => {
  const pin = await fakeGpiod(await testFolder(), '1.6.3');
  const amplifier = amplifierOn(17, false);
  await amplifier.on();
  await amplifier.off();
  expect((await pin.changes()).map(({ level }) => level)).toEqual([1, 0]);
});

test('a line that 1.x does not know by its name is told', async () => {
  await fakeGpiod(await testFolder(), '1.6.3');
  await expect(amplifierOn('GPIO99', false).on()).rejects.toMatchObject({ code: 'amplifier-failed' });
});

test('`on` and `off` in one breath leave it off', async () => {
  const pin = await fakeGpiod(await testFolder(), '2.2.1');
  const amplifier = amplifierOn('GPIO17', false);
  await Promise.all([amplifier.on(), amplifier.off()]);
  expect((await pin.changes()).at(-1)?.level).toBe(0);
});
