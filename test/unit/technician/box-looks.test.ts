import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CHECKS } from '../../../device/health/checks/check-table.ts';
import { WARNINGS } from '../../../firmware-protocol/content/warnings/warning-catalogue.ts';
import { lookedAtHere } from '../../../scripts/technician/diagnose/box-checks.ts';
import { CHECK_STEPS, type CheckStep, findingOf } from '../../../scripts/technician/diagnose/check-step.ts';

/** A box without an agent: its /proc and /sys, and what its modem says. */
async function seen(step: CheckStep, files: Record<string, string>, modem?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'prakat-box-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  }
  const asked = async () => modem ?? Promise.reject(new Error('ENOENT'));
  const places = { proc: join(folder, 'proc'), sys: join(folder, 'sys'), modem: asked };
  return findingOf(step, await lookedAtHere(folder, places));
}

describe('the supply of a Raspberry Pi', () => {
  const THROTTLED = 'sys/devices/platform/soc/soc:firmware/get_throttled';
  it.each([
    ['0', 'ok'],
    ['1', 'fail'],
    ['50005', 'fail'],
    ['50000', 'warn'],
    // Hot once, and never short of power.
    ['80000', 'ok'],
  ])('get_throttled %s is %s', async (bits, result) => {
    expect((await seen('power', { [THROTTLED]: bits })).result).toBe(result);
  });

  it.each([
    ['1', 'fail'],
    ['0', 'ok'],
  ])('a newer one by its alarm: %s is %s', async (alarm, result) => {
    const hwmon = 'sys/class/hwmon/hwmon1';
    const files = { [`${hwmon}/name`]: 'rpi_volt', [`${hwmon}/in0_lcrit_alarm`]: alarm };
    expect((await seen('power', files)).result).toBe(result);
  });

  it('another machine does not measure it, and is not warned of', async () => {
    expect((await seen('power', { 'sys/class/hwmon/hwmon0/name': 'coretemp' })).result).toBe('not-known');
  });
});

it.each([
  ['48312', 'ok', '48.3 °C'],
  ['84000', 'warn', '84 °C (เกณฑ์ ≤ 80 °C เตือน 207)'],
])('a processor of %s thousandths of a degree is %s', async (temp, result, figure) => {
  const files = {
    'sys/class/thermal/thermal_zone0/temp': temp,
    'sys/class/thermal/cooling_device0/type': 'fan',
  };
  expect(await seen('temperature', files)).toMatchObject({ result, figure: { th: figure } });
});

it('cause and remedy are those of the agent, in both languages', async () => {
  const { cause, remedy } = await seen('temperature', { 'sys/class/thermal/thermal_zone0/temp': '90000' });
  const { en, th } = WARNINGS['box-hot'];
  expect({ cause, remedy }).toEqual({
    cause: { en: en.cause, th: th.cause },
    remedy: { en: en.remedy, th: th.remedy },
  });
});

describe('the signal', () => {
  const modemWith = (value: string) => {
    const signal = { recent: 'yes', value };
    const generic = { state: 'connected', 'signal-quality': signal, 'access-technologies': ['lte'] };
    return JSON.stringify({ modem: { generic } });
  };

  it.each([
    ['61', 'ok', '61 %, lte, connected'],
    ['12', 'warn', '12 %, lte, connected (limit ≥ 30 %, warning 107)'],
  ])('of a modem at %s percent is %s', async (value, result, figure) => {
    expect(await seen('signal', {}, modemWith(value))).toMatchObject({ result, figure: { en: figure } });
  });

  it.each([
    ['-56', 'ok', '-56 dBm'],
    ['-83', 'warn', '-83 dBm (limit ≥ -75 dBm, warning 106)'],
  ])('of Wi-Fi at %s dBm is %s', async (level, result, figure) => {
    const head = 'Inter-| sta-|   Quality        |\n face | tus | link level noise |\n';
    const files = { 'proc/net/wireless': `${head} wlan0: 0000   54.  ${level}.  -256        0      0` };
    expect(await seen('signal', files)).toMatchObject({ result, figure: { en: figure } });
  });

  it('a cable has none', async () => {
    expect((await seen('signal', {})).result).toBe('not-known');
  });
});

it('every check that a step names is in the table, and none is in two steps', () => {
  const named: string[] = Object.values(CHECK_STEPS).flat();
  expect(new Set(named).size).toBe(named.length);
  const table = CHECKS.map(({ id }) => id);
  expect(named.filter((id) => !table.includes(id))).toEqual([]);
});

it('of two that are bad the graver one says what to do', () => {
  const words = (en: string) => ({ en, th: en });
  const bad = { result: 'bad', limit: '-', warning: 1 } as const;
  const finding = findingOf('disk-write', [
    { ...bad, check: 'write time', figure: '9 s', cause: words('slow'), remedy: words('later') },
    {
      ...bad,
      check: 'write canary',
      figure: 'EIO',
      grave: true,
      cause: words('broken'),
      remedy: words('now'),
    },
  ]);
  expect(finding).toMatchObject({
    result: 'fail',
    remedy: { en: 'now' },
    figure: { en: expect.stringMatching(/^EIO.*9 s/) },
  });
});
