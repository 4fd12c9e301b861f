import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { linuxMachine } from '../../../device/drivers/machine/linux-machine.ts';

const folder = mkdtempSync(join(tmpdir(), 'prakat-machine-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A tree of /proc or /sys: path -> what stands in the file. */
function tree(name: string, files: Record<string, string>): string {
  const root = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

test('this very machine: what it has is read, and the canary leaves nothing', async () => {
  const data = join(folder, 'here');
  mkdirSync(data);
  const reading = await linuxMachine({ data }).read();
  expect(reading.cores).toBeGreaterThan(0);
  expect(reading.memoryAvailableBytes).toBeGreaterThan(1_000_000);
  expect(reading.diskFreeBytes).toBeGreaterThan(1_000_000);
  expect(reading.canary).toEqual({ ms: expect.any(Number) });
  expect(reading.descriptors).toBeGreaterThan(2);
  expect(reading.isReadOnly).toBe(false);
  expect(readdirSync(data)).toEqual([]);
});

test('a Raspberry Pi with a weak supply, a hot processor, a bad card and a weak signal', async () => {
  const data = join(folder, 'pi');
  mkdirSync(data);
  const { dev } = statSync(data);
  const proc = tree('proc', {
    loadavg: '4.20 1.00 0.50 1/200 999\n',
    meminfo: 'MemTotal:  948280 kB\nMemFree:  10 kB\nMemAvailable:  51200 kB\n',
    mounts: `/dev/root / ext4 rw,noatime 0 0\n/dev/mmcblk0p3 ${folder} ext4 ro,noatime 0 0\n`,
    'net/wireless':
      'Inter-| sta-|   Quality\n face | tus | link level noise\n wlan0: 0000   30.  -80.  -256        0      0\n',
    'self/limits': 'Max open files            4096                 4096                 files\n',
    'self/fd/0': '',
    'self/fd/1': '',
  });
  const sys = tree('sys', {
    'class/thermal/thermal_zone0/temp': '61000\n',
    'class/thermal/thermal_zone1/temp': '82500\n',
    'devices/platform/soc/soc:firmware/get_throttled': '50005\n',
    'fs/ext4/mmcblk0p3/errors_count': '7\n',
    // 8 GiB in sectors, written 400 times over.
    'fs/ext4/mmcblk0p3/lifetime_write_kbytes': `${400 * 8 * 1_024 * 1_024}\n`,
    'block/mmcblk0/size': `${(8 * 1_024 ** 3) / 512}\n`,
    'block/mmcblk0/device/life_time': '0x02 0x09\n',
    'block/mmcblk0/device/pre_eol_info': '0x02\n',
    'dev/block/here': '',
  });
  symlinkSync(
    '../../devices/mmc/block/mmcblk0/mmcblk0p3',
    join(sys, 'dev/block', `${dev >> 8}:${dev & 0xff}`),
  );
  expect(await linuxMachine({ data, proc, sys }).read()).toMatchObject({
    ...{ load1m: 4.2, memoryAvailableBytes: 52_428_800, memoryTotalBytes: 971_038_720 },
    ...{ temperatureC: 82.5, isUnderVoltage: true, wasUnderVoltage: true, isSlowed: true },
    ...{ isReadOnly: true, fileSystemErrors: 7, wearPercent: 90, sparesUsedPercent: 80, writtenTimes: 400 },
    ...{ wifiDbm: -80, descriptors: 2, descriptorLimit: 4_096 },
  });
});

test('a machine without any of it tells what it can, and nothing that it does not know', async () => {
  const data = join(folder, 'bare');
  mkdirSync(data);
  const reading = await linuxMachine({ data, proc: join(folder, 'none'), sys: join(folder, 'none') }).read();
  expect(Object.keys(reading).sort()).toEqual(
    ['canary', 'cores', 'diskFreeBytes', 'diskFreeFiles', 'rssBytes', 'strays'].sort(),
  );
});

test('a folder that cannot be written is told by the canary', async () => {
  const reading = await linuxMachine({ data: join(folder, 'gone') }).read();
  expect(reading.canary).toEqual({ fault: 'ENOENT' });
});

test.each([
  ['1', '50000', true],
  ['0', '50000', false],
  ['1', undefined, true],
  ['0', undefined, false],
])(
  'the alarm of the kernel says %s, the firmware %s: too weak now is %s',
  async (alarm, bits, isUnderVoltage) => {
    const sys = tree(`volt-${alarm}-${bits}`, {
      'class/hwmon/hwmon0/name': 'coretemp\n',
      'class/hwmon/hwmon1/name': 'rpi_volt\n',
      'class/hwmon/hwmon1/in0_lcrit_alarm': `${alarm}\n`,
      ...(bits && { 'devices/platform/soc/soc:firmware/get_throttled': `${bits}\n` }),
    });
    const reading = await linuxMachine({ data: folder, sys, proc: join(folder, 'none') }).read();
    expect(reading.isUnderVoltage).toBe(isUnderVoltage);
    expect(reading.wasUnderVoltage).toBe(bits === undefined ? undefined : true);
  },
);

test('the modem is asked now and then, and at once by who stands before it', async () => {
  let asked = 0;
  const modem = async () => {
    asked += 1;
    const signal = { recent: 'yes', value: String(60 + asked) };
    const generic = { state: 'connected', 'signal-quality': signal, 'access-technologies': ['lte'] };
    return JSON.stringify({ modem: { generic } });
  };
  const box = linuxMachine({ data: folder, modem });
  expect((await box.read()).mobile).toEqual({ percent: 61, technology: 'lte', state: 'connected' });
  expect((await box.read()).mobile?.percent).toBe(61);
  expect((await box.read(true)).mobile?.percent).toBe(62);
});

test.each(['', '{"modem": {}}', 'error: no modem'])('a modem that says %j is not known', async (said) => {
  expect((await linuxMachine({ data: folder, modem: async () => said }).read()).mobile).toBeUndefined();
});
