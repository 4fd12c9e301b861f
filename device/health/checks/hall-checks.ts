import { beyond, both, type Check, type Margin } from './check.ts';

const MIB = 1_024 * 1_024;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A line that has just come up has had no time to bring anything. */
const DIALLED_MS = 2 * MINUTE_MS;
/** Until then the time may still come, ms after the start. */
const TIME_EXPECTED_MS = 30 * MINUTE_MS;

/** From a word to its answer. Alerts travel the same way: who waits three seconds for an acknowledgement hears them late. */
export const SLOW_LINE: Margin = { raised: 3_000, cleared: 1_500, unit: both('ms') };

const share = (part: number | undefined, whole: number | undefined) =>
  part === undefined || whole === undefined ? undefined : (100 * part) / whole;

/** What only the agent knows: its line, its time, its reports, itself. */
export const HALL_CHECKS: readonly Check[] = [
  {
    id: 'clock',
    warnings: ['clock-unknown'],
    isGrave: true,
    look: ({ hall }, isRaised) => {
      if (hall === undefined) return undefined;
      const { trust, upMs } = hall;
      const isKnown = trust === 'server' || trust === 'full';
      return {
        figure: both(trust),
        limit: { en: 'server, half an hour after the start', th: 'เซิร์ฟเวอร์ยืนยันภายในครึ่งชั่วโมงหลังเปิดเครื่อง' },
        isBad: !isKnown && (isRaised || upMs > TIME_EXPECTED_MS),
      };
    },
  },
  {
    id: 'line',
    warnings: ['line-gone'],
    isGrave: true,
    look: ({ hall }, raised) =>
      beyond(
        hall && hall.line.offlineMs / HOUR_MS,
        { raised: 1, cleared: 0, unit: { en: 'h without a line', th: 'ขาดการเชื่อมต่อ # ชั่วโมง' } },
        raised,
      ),
  },
  {
    id: 'hearing',
    warnings: ['deaf'],
    isGrave: true,
    look: ({ hall }) => {
      if (hall === undefined) return undefined;
      const { onlineMs, silentMs } = hall.line;
      const minutes = onlineMs < DIALLED_MS ? 0 : silentMs / MINUTE_MS;
      const unit = { en: 'min without a word', th: 'ไม่ได้รับข้อความ # นาที' };
      return beyond(minutes, { raised: 25, cleared: 24, unit }, false);
    },
  },
  {
    id: 'round trip',
    warnings: ['line-slow'],
    look: ({ hall }, raised) => beyond(hall?.line.tripMs, SLOW_LINE, raised),
  },
  {
    id: 'reports',
    warnings: ['reports-waiting'],
    look: ({ hall }, raised) =>
      beyond(
        hall?.reportsWaiting,
        { raised: 20_000, cleared: 10_000, unit: { en: 'reports waiting', th: 'รอส่ง # ฉบับ' } },
        raised,
      ),
  },
  {
    id: 'oldest report',
    warnings: ['reports-waiting'],
    // A day without a line is no news; that the books of the province are a day behind is. On a line that is up they go out at
    // once, and what still waits is not receipted.
    look: ({ hall }, isRaised) => {
      if (hall?.oldestReportMs === undefined) return undefined;
      const raised = hall.line.onlineMs > 2 * HOUR_MS ? 2 : 24;
      const unit = { en: 'h old', th: 'ค้างมา # ชั่วโมง' };
      return beyond(hall.oldestReportMs / HOUR_MS, { raised, cleared: 1, unit }, isRaised);
    },
  },
  {
    id: 'descriptors',
    warnings: ['descriptors-low'],
    // Of this process: who looks without an agent would count his own.
    look: ({ hall, machine: { descriptors, descriptorLimit } }, raised) =>
      beyond(
        hall && share(descriptors, descriptorLimit),
        {
          raised: 80,
          cleared: 60,
          unit: { en: '% of the files that may be open', th: 'เปิดไฟล์ # % ของที่อนุญาต' },
        },
        raised,
      ),
  },
  {
    id: 'own memory',
    warnings: ['memory-grows'],
    // It settles within the first hours and stays within some MiB over thousands of orders: more is a leak.
    look: ({ hall }, raised) =>
      beyond(
        hall?.grownBytes === undefined ? undefined : hall.grownBytes / MIB,
        { raised: 64, cleared: 32, unit: { en: 'MiB grown', th: 'โตขึ้น # MiB' } },
        raised,
      ),
  },
];
