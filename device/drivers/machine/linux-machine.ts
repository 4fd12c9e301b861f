import { readdir, readFile, readlink, stat, statfs } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Machine, MachineReading } from '../../health/checks/machine.ts';
import { errnoOf } from '../disk-error.ts';
import { openLine } from '../line/line.ts';
import { askAtModem } from '../modem/at-modem.ts';
import { ModemSignal } from '../modem/modem-manager.ts';
import { straysIn } from './strays.ts';
import { systemClock } from './system-clock.ts';
import { writeCanary } from './write-canary.ts';

export interface LinuxPlaces {
  /** Of the hall: on the card that is looked at. */
  data: string;
  /** Name of the file that is written to try the card. */
  canary?: string;
  proc?: string;
  sys?: string;
  /** What ModemManager says, as JSON; rejects where there is none. */
  modem?: () => Promise<string>;
  /** AT port of a modem that ModemManager does not know, as a line (`openLine`). */
  modemPort?: string | undefined;
}

/** Bits of the firmware of a Raspberry Pi (get_throttled): now, and since it was switched on. */
const THROTTLED = { underVoltage: 1 << 0, capped: 1 << 1, slowed: 1 << 2, wasUnderVoltage: 1 << 16 } as const;
const KIB = 1_024;
const SECTOR_BYTES = 512;
/** PRE_EOL_INFO of JEDEC: normal, 80 % and 90 % of the spare blocks used. */
const SPARES_USED: Record<number, number | undefined> = { 1: 0, 2: 80, 3: 90 };
/** Written so seldom that a card is not worn by being tried: 100 KB a day. */
const CANARY = { bytes: 4 * KIB, every_ms: 3_600_000, patience_ms: 20_000 } as const;

/** What Linux tells of itself under /proc and /sys; what a machine does not have is left out. */
export function linuxMachine({ data, canary = '.canary', ...places }: LinuxPlaces): Machine {
  const { proc = '/proc', sys = '/sys', modem, modemPort } = places;
  const tried = new Canary(join(data, canary));
  const owned = new Owned(data, canary);
  const port = modemPort === undefined ? undefined : openLine(modemPort);
  const mobile = new ModemSignal(modem, port && (() => askAtModem(port, systemClock)));
  return {
    async read(isFresh = false) {
      const parts = await Promise.all([
        load(proc),
        memory(proc),
        heat(sys),
        supply(sys),
        disk(data),
        mount(data, proc),
        card(data, sys),
        tried.look(isFresh),
        owned.look(isFresh),
        descriptors(proc),
        wifi(proc),
        mobile.look(isFresh).then((signal) => known({ mobile: signal })),
      ]);
      return Object.assign({}, ...parts);
    },
  };
}

async function load(proc: string): Promise<MachineReading> {
  const load1m = numberIn((await text(join(proc, 'loadavg')))?.split(' ')[0]);
  return known({ load1m, cores: cpus().length });
}

async function memory(proc: string): Promise<MachineReading> {
  const table = (await text(join(proc, 'meminfo'))) ?? '';
  const kib = (name: string) => numberIn(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(table)?.[1]);
  const [available, total] = [kib('MemAvailable'), kib('MemTotal')];
  return known({
    memoryAvailableBytes: available && available * KIB,
    memoryTotalBytes: total && total * KIB,
    rssBytes: process.memoryUsage.rss(),
  });
}

/** The hottest zone. */
async function heat(sys: string): Promise<MachineReading> {
  const folder = join(sys, 'class/thermal');
  const zones = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith('thermal_zone'));
  const read = await Promise.all(zones.map((zone) => text(join(folder, zone, 'temp'))));
  const degrees = read.flatMap((each) => numberIn(each) ?? []).filter((value) => value > 0);
  return degrees.length === 0 ? {} : { temperatureC: Math.max(...degrees) / 1_000 };
}

/** The firmware's own word, and the alarm of the kernel's driver, which newer Pis have instead or beside it. */
async function supply(sys: string): Promise<MachineReading> {
  const said = await text(join(sys, 'devices/platform/soc/soc:firmware/get_throttled'));
  const bits = Number.parseInt(said ?? '', 16);
  const alarm = await voltageAlarm(sys);
  if (Number.isNaN(bits)) return known({ isUnderVoltage: alarm });
  return {
    isUnderVoltage: (bits & THROTTLED.underVoltage) !== 0 || alarm === true,
    wasUnderVoltage: (bits & THROTTLED.wasUnderVoltage) !== 0,
    isSlowed: (bits & (THROTTLED.capped | THROTTLED.slowed)) !== 0,
  };
}

/** hwmon `rpi_volt`, `in0_lcrit_alarm`. */
async function voltageAlarm(sys: string): Promise<boolean | undefined> {
  const folder = join(sys, 'class/hwmon');
  for (const each of await readdir(folder).catch(() => [])) {
    if ((await text(join(folder, each, 'name'))) !== 'rpi_volt') continue;
    const alarm = await text(join(folder, each, 'in0_lcrit_alarm'));
    if (alarm !== undefined) return alarm !== '0';
  }
  return undefined;
}

async function disk(data: string): Promise<MachineReading> {
  const seen = await statfs(data).catch(() => undefined);
  if (seen === undefined) return {};
  // Some file systems count no inodes: 0 of 0.
  return known({
    diskFreeBytes: seen.bavail * seen.bsize,
    diskFreeFiles: seen.files === 0 ? undefined : seen.ffree,
  });
}

/** `ro` where the kernel has given up writing. The longest mount point that holds the folder is the one. */
async function mount(data: string, proc: string): Promise<MachineReading> {
  const lines = ((await text(join(proc, 'mounts'))) ?? '').split('\n').map((line) => line.split(' '));
  const holding = lines
    .filter(([, point = '-']) => data === point || data.startsWith(point === '/' ? '/' : `${point}/`))
    .sort(([, a = ''], [, b = '']) => b.length - a.length)[0];
  return holding === undefined ? {} : { isReadOnly: (holding[3] ?? '').split(',').includes('ro') };
}

/** Errors that ext4 has counted, and what the card tells of its age. */
async function card(data: string, sys: string): Promise<MachineReading> {
  const device = await stat(data).then(
    ({ dev }) => numberOf(dev),
    () => undefined,
  );
  const link = device && (await readlink(join(sys, 'dev/block', device)).catch(() => undefined));
  if (!link) return {};
  const [partition = '', disk = ''] = link.split('/').reverse();
  const fileSystemErrors = numberIn(await text(join(sys, 'fs/ext4', partition, 'errors_count')));
  return known({ fileSystemErrors, ...(await ageOf(sys, partition, disk)) });
}

/** Life in tenths and spare blocks, which an eMMC tells; what was written, which the file system of an SD card counts. */
async function ageOf(sys: string, partition: string, disk: string): Promise<MachineReading> {
  const life = (await text(join(sys, 'block', disk, 'device/life_time'))) ?? '';
  const tenths = life.split(/\s+/).map((each) => Number.parseInt(each, 16));
  const worst = Math.max(...tenths.filter((each) => each >= 1 && each <= 11));
  const spares = Number.parseInt((await text(join(sys, 'block', disk, 'device/pre_eol_info'))) ?? '', 16);
  const writtenKib = numberIn(await text(join(sys, 'fs/ext4', partition, 'lifetime_write_kbytes')));
  const sectors = numberIn(await text(join(sys, 'block', disk, 'size')));
  // What a disk of another kind endures is another matter.
  const isCard =
    disk.startsWith('mmcblk') && writtenKib !== undefined && sectors !== undefined && sectors > 0;
  return known({
    wearPercent: Number.isFinite(worst) ? worst * 10 : undefined,
    sparesUsedPercent: SPARES_USED[spares],
    writtenTimes: isCard ? (writtenKib * KIB) / (sectors * SECTOR_BYTES) : undefined,
  });
}

/** As `makedev` of the kernel, `179:2`: 12 bits of major, 20 of minor, in two places each. */
function numberOf(dev: number): string {
  return `${(dev >> 8) & 0xfff}:${(dev & 0xff) | ((dev >> 12) & 0xfff00)}`;
}

/** A card may read well and no longer write. A write that does not end holds up nothing else, and is told as what it is. */
class Canary {
  readonly #path: string;
  #last: MachineReading = {};
  #writingSince: number | undefined;
  #triedAt = Number.NEGATIVE_INFINITY;

  constructor(path: string) {
    this.#path = path;
  }

  async look(isFresh: boolean): Promise<MachineReading> {
    const now = performance.now();
    const isDue = isFresh || now - this.#triedAt >= CANARY.every_ms;
    if (this.#writingSince === undefined && isDue) {
      this.#triedAt = now;
      this.#writingSince = now;
      await within(CANARY.patience_ms, this.#write());
    }
    if (this.#writingSince === undefined) return this.#last;
    const seconds = Math.round((performance.now() - this.#writingSince) / 1_000);
    return { canary: { fault: `still writing after ${seconds} s` } };
  }

  async #write(): Promise<void> {
    this.#last = await tried(this.#path);
    this.#writingSince = undefined;
  }
}

/** Thousands of files are looked at as seldom as the card is tried. */
class Owned {
  readonly #data: string;
  readonly #canary: string;
  #last: MachineReading = {};
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(data: string, canary: string) {
    this.#data = data;
    this.#canary = canary;
  }

  async look(isFresh: boolean): Promise<MachineReading> {
    const now = performance.now();
    if (!isFresh && now - this.#lookedAt < CANARY.every_ms) return this.#last;
    this.#lookedAt = now;
    this.#last = known({ strays: await straysIn(this.#data, this.#canary) });
    return this.#last;
  }
}

async function tried(path: string): Promise<MachineReading> {
  try {
    const { ms, isWhole } = await writeCanary(path, CANARY.bytes);
    return { canary: isWhole ? { ms } : { fault: 'other bytes came back' } };
  } catch (error) {
    return { canary: { fault: errnoOf(error) ?? String(error) } };
  }
}

/** Resolves when the work is done, or when nobody waits for it any more. */
function within(ms: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, ms);
    void work.finally(() => {
      clearTimeout(late);
      resolve();
    });
  });
}

async function descriptors(proc: string): Promise<MachineReading> {
  const open = await readdir(join(proc, 'self/fd')).catch(() => undefined);
  const limit = /^Max open files\s+(\d+)/m.exec((await text(join(proc, 'self/limits'))) ?? '')?.[1];
  return known({ descriptors: open?.length, descriptorLimit: numberIn(limit) });
}

/** `wlan0: 0000   54.  -56.  -256 …`: the third figure is the level. */
async function wifi(proc: string): Promise<MachineReading> {
  const table = (await text(join(proc, 'net/wireless'))) ?? '';
  const level = /^\s*\w+:\s+\w+\s+-?[\d.]+\s+(-?\d+)/m.exec(table)?.[1];
  return known({ wifiDbm: numberIn(level) });
}

function known<T extends object>(facts: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const told = Object.entries(facts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(told) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function numberIn(said: string | undefined): number | undefined {
  const value = Number(said);
  return said === undefined || said.trim() === '' || !Number.isFinite(value) ? undefined : value;
}

async function text(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').then(
    (read) => read.trim(),
    () => undefined,
  );
}
