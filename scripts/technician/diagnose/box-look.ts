import { readdir, readFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { type Finding, found, plain } from './finding.ts';

/** Bits of the firmware of a Raspberry Pi (get_throttled): now, and since it was switched on. */
const THROTTLED = {
  underVoltage: 1 << 0,
  slowed: 1 << 2,
  wasUnderVoltage: 1 << 16,
  wasSlowed: 1 << 18,
} as const;
const THROTTLED_FILE = 'devices/platform/soc/soc:firmware/get_throttled';
/** A Pi slows down at 80; the parts of a cheap box age fast above that. */
const HOT_C = 80;

const POWER_REMEDY = {
  en: 'use the supply made for the box (5.1 V, 3 A or more) and a short, thick cable; nothing else on its USB ports',
  th: 'ใช้แหล่งจ่ายไฟของกล่อง (5.1 V 3 A ขึ้นไป) กับสายสั้นและหนา อย่าต่ออุปกรณ์อื่นกับพอร์ต USB',
};

/** `sys` stands for /sys. Not every machine measures its supply. */
export async function lookAtPower(sys = '/sys'): Promise<Finding> {
  const hours = (uptime() / 3_600).toFixed(1);
  const bits = Number.parseInt((await text(join(sys, THROTTLED_FILE))) ?? '', 16);
  const up = { en: `up ${hours} h`, th: `เปิดมา ${hours} ชั่วโมง` };
  if (Number.isNaN(bits)) {
    const low = await lowVoltageAlarm(sys);
    if (low === undefined)
      return found('power', 'not-known', {
        figure: up,
        cause: { en: 'this machine does not measure its supply', th: 'เครื่องนี้ไม่วัดไฟเลี้ยงของตนเอง' },
      });
    return low ? weak('fail', up) : found('power', 'ok', { figure: up });
  }
  if (bits & THROTTLED.underVoltage) return weak('fail', up);
  if (bits & THROTTLED.wasUnderVoltage) return weak('warn', up);
  return found('power', 'ok', { figure: up });
}

function weak(result: 'fail' | 'warn', figure: { en: string; th: string }): Finding {
  const now = result === 'fail';
  return found('power', result, {
    figure,
    cause: now
      ? { en: 'the supply is too weak at this moment', th: 'ไฟเลี้ยงตกอยู่ในขณะนี้' }
      : { en: 'the supply was too weak since the box was switched on', th: 'ไฟเลี้ยงเคยตกตั้งแต่เปิดเครื่อง' },
    remedy: POWER_REMEDY,
  });
}

/** The hwmon driver of newer Pis: `rpi_volt`, `in0_lcrit_alarm`. */
async function lowVoltageAlarm(sys: string): Promise<boolean | undefined> {
  const folder = join(sys, 'class/hwmon');
  for (const each of await readdir(folder).catch(() => [])) {
    if ((await text(join(folder, each, 'name'))) !== 'rpi_volt') continue;
    const alarm = await text(join(folder, each, 'in0_lcrit_alarm'));
    if (alarm !== undefined) return alarm !== '0';
  }
  return undefined;
}

const NOT_MEASURED = { en: 'this machine does not measure it', th: 'เครื่องนี้ไม่วัด' };

export async function lookAtTemperature(sys = '/sys'): Promise<Finding> {
  const folder = join(sys, 'class/thermal');
  const zones = await readdir(folder).catch(() => []);
  const read = await Promise.all(
    zones.filter((zone) => zone.startsWith('thermal_zone')).map((zone) => text(join(folder, zone, 'temp'))),
  );
  const degrees = read.map(Number).filter((value) => Number.isFinite(value) && value > 0);
  if (degrees.length === 0) return found('temperature', 'not-known', { cause: NOT_MEASURED });
  const hottest = Math.round(Math.max(...degrees) / 1_000);
  if (hottest < HOT_C) return found('temperature', 'ok', { figure: plain(`${hottest} °C`) });
  return found('temperature', 'warn', {
    figure: plain(`${hottest} °C`),
    cause: { en: 'the box is too hot and slows down', th: 'กล่องร้อนเกินไปและทำงานช้าลง' },
    remedy: {
      en: 'clean vents and fan, take it out of the sun and off the amplifier',
      th: 'ทำความสะอาดช่องลมและพัดลม ย้ายออกจากแดดและอย่าวางบนเครื่องขยายเสียง',
    },
  });
}

async function text(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').then(
    (read) => read.trim(),
    () => undefined,
  );
}
