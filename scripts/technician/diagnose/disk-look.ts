import { readFile, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCanary } from '../../../device/drivers/write-canary.ts';
import { causesOf } from '../../cli/causes.ts';
import { errorCode } from './error-code.ts';
import { type Finding, found, plain, type StepId } from './finding.ts';

const MIB = 1_024 * 1_024;
export const DISK_LIMITS = {
  /** The store and its journal still fit. */
  freeBytes: 100 * MIB,
  /** Of inodes: each sound file is one. */
  freeFiles: 1_000,
  /** A card that is well takes some milliseconds. */
  slowWrite_ms: 1_000,
} as const;
const CANARY_BYTES = 64 * 1_024;

const CARD_REMEDY = {
  en: 'save the reports if they wait (mend the line), then replace the card and restore the backup',
  th: 'ส่งรายงานที่ค้างให้หมดก่อน (แก้การเชื่อมต่อ) แล้วเปลี่ยนการ์ดและกู้คืนข้อมูลสำรอง',
};

const ROOM_REMEDY = {
  en: 'delete what is not prakat: sudo journalctl --vacuum-size=50M; sudo apt-get clean; else a larger card',
  th: 'ลบสิ่งที่ไม่ใช่ของ prakat: sudo journalctl --vacuum-size=50M; sudo apt-get clean หรือใช้การ์ดที่ใหญ่กว่า',
};

/** The card that holds the data of the hall: room, writing, errors. */
export async function* lookAtDisk(folder: string): AsyncGenerator<Finding> {
  yield await room(folder);
  yield await writes(folder);
  yield await errors(folder);
}

async function room(folder: string): Promise<Finding> {
  try {
    const { bavail, bsize, ffree, files } = await statfs(folder);
    const free = bavail * bsize;
    const figure = { en: `${sizeOf(free)} free`, th: `ว่าง ${sizeOf(free)}` };
    // Some file systems count no inodes: 0 of 0.
    if (free >= DISK_LIMITS.freeBytes && (files === 0 || ffree >= DISK_LIMITS.freeFiles))
      return found('disk-room', 'ok', { figure });
    return found('disk-room', 'fail', {
      figure,
      cause: { en: 'the card is full: nothing new is recorded', th: 'การ์ดเต็ม บันทึกอะไรใหม่ไม่ได้' },
      remedy: ROOM_REMEDY,
    });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return notThere('disk-room', folder);
    return found('disk-room', 'fail', {
      figure: plain(causesOf(error)),
      cause: { en: 'the card does not answer', th: 'การ์ดไม่ตอบ' },
      remedy: CARD_REMEDY,
    });
  }
}

async function writes(folder: string): Promise<Finding> {
  const path = join(folder, `.canary-${process.pid}`);
  try {
    const { ms, isWhole } = await writeCanary(path, CANARY_BYTES);
    if (!isWhole)
      return found('disk-write', 'fail', {
        cause: { en: 'the card gives back something else than was written', th: 'อ่านกลับได้ไม่ตรงกับที่เขียน' },
        remedy: CARD_REMEDY,
      });
    if (ms <= DISK_LIMITS.slowWrite_ms)
      return found('disk-write', 'ok', { figure: plain(`64 KiB, ${ms} ms`) });
    return found('disk-write', 'warn', {
      figure: plain(`64 KiB, ${ms} ms`),
      cause: { en: 'the card is slow: worn out, or of a poor kind', th: 'การ์ดช้า: เสื่อม หรือคุณภาพต่ำ' },
      remedy: {
        en: 'take along a new card of an industrial or "endurance" kind',
        th: 'นำการ์ดใหม่ชนิดทนทาน (endurance) มาเปลี่ยน',
      },
    });
  } catch (error) {
    return cannotWrite(error, folder);
  }
}

function notThere(step: StepId, folder: string): Finding {
  return found(step, 'not-known', {
    figure: plain(folder),
    cause: {
      en: 'the folder of the hall is not there: the agent never ran here',
      th: 'ไม่มีโฟลเดอร์ของหอ: โปรแกรมยังไม่เคยทำงานในกล่องนี้',
    },
    remedy: { en: 'set the box up: sudo prakat device setup', th: 'ติดตั้งกล่อง: sudo prakat device setup' },
  });
}

function cannotWrite(error: unknown, folder: string): Finding {
  const code = errorCode(error);
  if (code === 'ENOENT') return notThere('disk-write', folder);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return found('disk-write', 'fail', {
      figure: plain(code),
      cause: { en: 'the card is full', th: 'การ์ดเต็ม' },
      remedy: ROOM_REMEDY,
    });
  if (code === 'EACCES')
    return found('disk-write', 'not-known', {
      figure: plain(code),
      cause: { en: 'this user may not look into the folder of the hall', th: 'ผู้ใช้นี้ไม่มีสิทธิ์เข้าโฟลเดอร์ของหอ' },
      remedy: { en: 'run it with sudo', th: 'ใช้ sudo' },
    });
  const readOnly = code === 'EROFS';
  return found('disk-write', 'fail', {
    figure: plain(causesOf(error)),
    cause: readOnly
      ? { en: 'the card was made read-only after errors', th: 'การ์ดถูกตั้งเป็นอ่านอย่างเดียวหลังเกิดข้อผิดพลาด' }
      : { en: 'the card cannot be written', th: 'เขียนการ์ดไม่ได้' },
    remedy: readOnly
      ? {
          en: `restart the box once; if it comes again, ${CARD_REMEDY.en}`,
          th: `เปิดเครื่องใหม่หนึ่งครั้ง หากเกิดซ้ำให้${CARD_REMEDY.th}`,
        }
      : CARD_REMEDY,
  });
}

/** ext4 counts its errors in /sys/fs/ext4/<device>; other file systems do not. */
async function errors(folder: string, sys = '/sys'): Promise<Finding> {
  const device = await deviceOf(folder);
  const count =
    device && (await readFile(join(sys, 'fs/ext4', device, 'errors_count'), 'utf8').catch(() => undefined));
  if (count === undefined)
    return found('disk-errors', 'not-known', {
      cause: { en: 'this file system does not count them', th: 'ระบบไฟล์นี้ไม่นับ' },
    });
  const figure = { en: `${Number(count)} on ${device}`, th: `${Number(count)} ครั้งบน ${device}` };
  if (Number(count) === 0) return found('disk-errors', 'ok', { figure });
  return found('disk-errors', 'warn', {
    figure,
    cause: {
      en: 'the file system has met errors: power cuts, or a card that is dying',
      th: 'ระบบไฟล์พบข้อผิดพลาด: ไฟดับ หรือการ์ดใกล้เสีย',
    },
    remedy: CARD_REMEDY,
  });
}

/** `mmcblk0p2`: from the mount table, by the device number of the folder. */
async function deviceOf(folder: string): Promise<string | undefined> {
  const table = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
  const { dev } = await stat(folder).catch(() => ({ dev: 0 }));
  // As `makedev` of the kernel: 12 bits of major, 20 of minor, in two places each.
  const number = `${(dev >> 8) & 0xfff}:${(dev & 0xff) | ((dev >> 12) & 0xfff00)}`;
  const row = table.split('\n').find((line) => line.split(' ')[2] === number);
  return /^\/dev\/(\S+)/.exec(row?.split(' - ')[1]?.split(' ')[1] ?? '')?.[1];
}

function sizeOf(bytes: number): string {
  return bytes >= 1_024 * MIB ? `${(bytes / 1_024 / MIB).toFixed(1)} GB` : `${Math.round(bytes / MIB)} MB`;
}
