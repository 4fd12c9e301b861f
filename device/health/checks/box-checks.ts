import { beyond, both, type Check, never } from './check.ts';
import type { MachineReading } from './machine.ts';

const MIB = 1_024 * 1_024;

const ofCore = ({ load1m, cores }: MachineReading) =>
  load1m === undefined || cores === undefined ? undefined : load1m / cores;
const faultOf = ({ canary }: MachineReading) => (canary && 'fault' in canary ? canary.fault : undefined);

/** A card that is full is emptied, one that was made read-only is restarted: neither is a card that fails. */
const FULL = new Set(['ENOSPC', 'EDQUOT']);
const READ_ONLY = 'EROFS';
/** Nor is one on which files lie that are not the hall's. */
const NOT_OURS = new Set(['EACCES', 'EPERM']);

/** Power, heat and work. */
const POWER: readonly Check[] = [
  {
    id: 'processor',
    warnings: ['box-busy'],
    look: ({ machine }, raised) =>
      beyond(
        ofCore(machine),
        { raised: 2, cleared: 1, unit: { en: 'load a core', th: 'โหลด # ต่อคอร์' } },
        raised,
      ),
  },
  {
    id: 'memory',
    warnings: ['memory-low'],
    look: ({ machine: { memoryAvailableBytes: bytes } }, raised) =>
      beyond(
        bytes && bytes / MIB,
        { raised: 50, cleared: 80, unit: { en: 'MiB available', th: 'ว่าง # MiB' } },
        raised,
      ),
  },
  {
    id: 'temperature',
    warnings: ['box-hot'],
    // A Pi slows down at 80; the parts of a cheap box age fast above that.
    look: ({ machine }, raised) =>
      beyond(machine.temperatureC, { raised: 80, cleared: 75, unit: both('°C') }, raised),
  },
  {
    id: 'supply',
    warnings: ['under-voltage'],
    isGrave: true,
    look: ({ machine }) => never(machine.isUnderVoltage, { en: 'too weak now', th: 'ตกอยู่ขณะนี้' }),
  },
  {
    id: 'supply before',
    warnings: ['under-voltage-before'],
    look: ({ machine }) =>
      never(machine.wasUnderVoltage, { en: 'was too weak since the start', th: 'เคยตกตั้งแต่เปิดเครื่อง' }),
  },
  {
    id: 'throttling',
    warnings: ['box-slowed'],
    look: ({ machine }) => never(machine.isSlowed, { en: 'slowed down', th: 'ถูกลดความเร็ว' }),
  },
];

/** The card: room, writing, and what it says of its age. */
const DISK: readonly Check[] = [
  {
    id: 'disk space',
    warnings: ['disk-low'],
    isGrave: true,
    look: ({ machine: { diskFreeBytes: bytes } }, raised) =>
      beyond(
        bytes && bytes / MIB / 1_024,
        { raised: 0.2, cleared: 0.3, unit: { en: 'GiB free', th: 'ว่าง # GiB' } },
        raised,
      ),
  },
  {
    id: 'disk files',
    warnings: ['disk-low'],
    isGrave: true,
    look: ({ machine }, raised) =>
      beyond(
        machine.diskFreeFiles,
        { raised: 2_000, cleared: 4_000, unit: { en: 'files free', th: 'ว่าง # ไฟล์' } },
        raised,
      ),
  },
  {
    id: 'disk full',
    warnings: ['disk-low'],
    isGrave: true,
    look: ({ machine }) =>
      machine.canary && never(FULL.has(faultOf(machine) ?? ''), both(faultOf(machine) ?? '-')),
  },
  {
    id: 'disk writable',
    warnings: ['card-read-only'],
    isGrave: true,
    look: ({ machine }) => {
      const isReadOnly = faultOf(machine) === READ_ONLY || machine.isReadOnly;
      return never(isReadOnly, { en: 'read-only', th: 'อ่านได้อย่างเดียว' });
    },
  },
  {
    id: 'write canary',
    warnings: ['card-failing'],
    isGrave: true,
    look: ({ machine: { canary } }) => {
      if (canary === undefined) return undefined;
      const limit = { en: 'written, synced, read back', th: 'เขียนแล้วอ่านกลับได้ตรง' };
      if ('ms' in canary)
        return { figure: { en: 'read back whole', th: 'อ่านกลับได้ครบ' }, limit, isBad: false };
      const { fault } = canary;
      if (FULL.has(fault) || NOT_OURS.has(fault) || fault === READ_ONLY) return undefined;
      return { figure: both(fault), limit, isBad: true };
    },
  },
  {
    id: 'disk owner',
    warnings: ['files-of-another'],
    isGrave: true,
    look: ({ machine }) =>
      machine.canary && never(NOT_OURS.has(faultOf(machine) ?? ''), both(faultOf(machine) ?? '-')),
  },
  {
    id: 'disk strays',
    warnings: ['files-of-another'],
    look: ({ machine: { strays } }) =>
      strays &&
      never(strays.count > 0, {
        en: `${strays.count === 1 ? '1 file' : `${strays.count} files`}: ${strays.first}`,
        th: `${strays.count} ไฟล์ เช่น ${strays.first}`,
      }),
  },
  {
    id: 'write time',
    warnings: ['card-slow'],
    // A card that is well takes some milliseconds; seconds are its own tidying up, which grows with age.
    look: ({ machine: { canary } }, raised) =>
      canary && 'ms' in canary
        ? beyond(canary.ms, { raised: 3_000, cleared: 1_000, unit: both('ms') }, raised)
        : undefined,
  },
  {
    id: 'file system',
    warnings: ['card-failing'],
    look: ({ machine }) =>
      beyond(
        machine.fileSystemErrors,
        { raised: 0, cleared: -1, unit: { en: 'errors', th: 'ข้อผิดพลาด # ครั้ง' } },
        false,
      ),
  },
  {
    id: 'disk wear',
    warnings: ['card-worn'],
    look: ({ machine }, raised) =>
      beyond(
        machine.wearPercent,
        { raised: 80, cleared: 79, unit: { en: '% of its life', th: 'ใช้ไป # % ของอายุ' } },
        raised,
      ),
  },
  {
    id: 'disk spares',
    warnings: ['card-worn'],
    look: ({ machine }, raised) =>
      beyond(
        machine.sparesUsedPercent,
        { raised: 79, cleared: 78, unit: { en: '% of its spare blocks', th: 'ใช้บล็อกสำรองไป # %' } },
        raised,
      ),
  },
  {
    id: 'disk written',
    warnings: ['card-worn'],
    // No SD card tells its age. Cells of the cheap kind take about a thousand writes, and a small write costs a card several
    // times its size: a guess on the safe side, for somebody to take a card along and not for anybody to drive out.
    look: ({ machine }, raised) =>
      beyond(
        machine.writtenTimes,
        { raised: 300, cleared: 299, unit: { en: 'times its size written', th: 'เขียนไปแล้ว # เท่าของขนาด' } },
        raised,
      ),
  },
];

/** What the air brings. */
const SIGNAL: readonly Check[] = [
  {
    id: 'signal',
    warnings: ['signal-weak'],
    // Below it a Wi-Fi line repeats more than it carries.
    look: ({ machine }, raised) =>
      beyond(machine.wifiDbm, { raised: -75, cleared: -70, unit: both('dBm') }, raised),
  },
  {
    id: 'mobile signal',
    warnings: ['mobile-weak'],
    look: ({ machine: { mobile } }, raised) => {
      // ModemManager's own measure.
      const found = beyond(mobile?.percent, { raised: 30, cleared: 40, unit: both('%') }, raised);
      const more = [mobile?.technology, mobile?.state].filter((word) => word !== undefined).join(', ');
      if (found === undefined || more === '') return found;
      const figure = { en: `${found.figure.en}, ${more}`, th: `${found.figure.th} ${more}` };
      return { ...found, figure };
    },
  },
];

/** What can be seen of the box without an agent. */
export const BOX_CHECKS: readonly Check[] = [...POWER, ...DISK, ...SIGNAL];
