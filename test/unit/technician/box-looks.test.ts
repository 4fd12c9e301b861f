import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lookAtPower, lookAtTemperature } from '../../../scripts/technician/diagnose/box-look.ts';
import { lookAtSignal } from '../../../scripts/technician/diagnose/signal-look.ts';

/** A tree as /sys has it. */
function sysWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'prakat-sys-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  }
  return folder;
}

describe('the supply of a Raspberry Pi', () => {
  const THROTTLED = 'devices/platform/soc/soc:firmware/get_throttled';
  it.each([
    ['0', 'ok'],
    ['1', 'fail'],
    ['50005', 'fail'],
    ['50000', 'warn'],
    // Hot once, and never short of power.
    ['80000', 'ok'],
  ])('get_throttled %s is %s', async (bits, result) => {
    expect((await lookAtPower(sysWith({ [THROTTLED]: bits }))).result).toBe(result);
  });

  it.each([
    ['1', 'fail'],
    ['0', 'ok'],
  ])('a newer one by its alarm: %s is %s', async (alarm, result) => {
    const sys = sysWith({
      'class/hwmon/hwmon1/name': 'rpi_volt',
      'class/hwmon/hwmon1/in0_lcrit_alarm': alarm,
    });
    expect((await lookAtPower(sys)).result).toBe(result);
  });

  it('another machine does not measure it, and is not warned of', async () => {
    const sys = sysWith({ 'class/hwmon/hwmon0/name': 'coretemp' });
    expect((await lookAtPower(sys)).result).toBe('not-known');
  });
});

it.each([
  ['48312', 'ok', '48 °C'],
  ['84000', 'warn', '84 °C'],
])('a processor of %s thousandths of a degree is %s', async (temp, result, figure) => {
  const sys = sysWith({
    'class/thermal/thermal_zone0/temp': temp,
    'class/thermal/cooling_device0/type': 'fan',
  });
  expect(await lookAtTemperature(sys)).toMatchObject({ result, figure: { th: figure } });
});

describe('the signal', () => {
  const none = () => Promise.reject(new Error('ENOENT'));
  const modemWith = (value: string) => async () =>
    JSON.stringify({
      modem: {
        generic: {
          state: 'connected',
          'signal-quality': { recent: 'yes', value },
          'access-technologies': ['lte'],
        },
      },
    });
  const wirelessWith = (level: string) => {
    const head = 'Inter-| sta-|   Quality        |\n face | tus | link level noise |\n';
    return join(
      sysWith({ wireless: `${head} wlan0: 0000   54.  ${level}.  -256        0      0` }),
      'wireless',
    );
  };

  it.each([
    ['61', 'ok', '61 %, lte, connected'],
    ['12', 'warn', '12 %, lte, connected'],
  ])('of a modem at %s percent is %s', async (value, result, figure) => {
    const signal = await lookAtSignal({ wireless: '/nonexistent', modem: modemWith(value) });
    expect(signal).toMatchObject({ result, figure: { en: figure } });
  });

  it.each([
    ['-56', 'ok'],
    ['-83', 'warn'],
  ])('of Wi-Fi at %s dBm is %s', async (level, result) => {
    const signal = await lookAtSignal({ wireless: wirelessWith(level), modem: none });
    expect(signal).toMatchObject({ result, figure: { en: `wlan0 ${level} dBm` } });
  });

  it('a cable has none', async () => {
    expect((await lookAtSignal({ wireless: '/nonexistent', modem: none })).result).toBe('skipped');
  });
});
