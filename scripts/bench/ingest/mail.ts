import { batchOf } from '../../../device/reports/outbox.ts';
import { canonicalJson } from '../../../firmware-protocol/content/canonical-json.ts';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import {
  FIRST_PREV,
  hashOf,
  REPORT_BATCH_LIMIT,
  type Report,
  type ReportEvent,
} from '../../../firmware-protocol/content/report.ts';
import { newKeyPair, signed, signingKey } from '../../../firmware-protocol/content/signature.ts';
import type { Health } from '../../../firmware-protocol/mqtt/messages.ts';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import type { HealthRow } from '../../../server/health-table.ts';
import type { BrokerMessage } from '../../../server/ports.ts';
import type { ChainedReport, DeviceRecord } from '../../../server/tables.ts';
import { enrolledHall } from '../enrolled-hall.ts';

const ZONE = '43';
const START = Date.parse('2026-11-26T08:00:00+07:00');
const DAY_MS = 86_400_000;
/** As many mornings as a hall that was unplugged may have kept: more than fit into one batch. */
const UNPLUGGED_DAYS = 30;

export interface BenchHall {
  record: DeviceRecord;
  seed: string;
}

export function halls(count: number): BenchHall[] {
  return Array.from({ length: count }, (_, at) => {
    const { publicKey, seed } = newKeyPair();
    const village = `${ZONE}${String(at).padStart(6, '0')}`;
    const record = enrolledHall(`hall-${at}`, village, { publicKey });
    return { record, seed };
  });
}

/** What a hall has to tell after one morning: two programme entries on tower and sign, and a boot; ten reports. */
export const afterAMorning = (village: string): Report[] => chain(morning(village, 0));

/** The first batch of one that comes back after a month, as full as a hall makes it. */
export const afterAMonth = (village: string): Report[] => {
  const events = Array.from({ length: UNPLUGGED_DAYS }, (_, day) => morning(village, day)).flat();
  return batchOf(chain(events.slice(0, REPORT_BATCH_LIMIT)));
};

/** One signed batch of each hall, as it comes from the broker, and its reports as rows. */
export function reportMail(
  all: BenchHall[],
  told: (village: string) => Report[],
): { messages: BrokerMessage[]; rows: ChainedReport[] } {
  const rows: ChainedReport[] = [];
  const messages = all.map(({ record, seed }) => {
    const reports = told(record.village);
    rows.push(
      ...reports.map((report) => ({
        device: record.id,
        chain: 1,
        n: report.n,
        hash: hashOf(report),
        at: report.at,
        boot: report.boot,
        type: report.event.type,
        play: 'play' in report.event ? (report.event.play ?? null) : null,
        document: JSON.stringify(report),
      })),
    );
    const document = signed({ device: record.id, reports }, signingKey(record.id, seed));
    return message('report', record.id, canonicalJson(document));
  });
  return { messages, rows };
}

/** One measurement of each hall, and the same as rows. */
export function healthMail(
  all: BenchHall[],
  minute: number,
): { messages: BrokerMessage[]; rows: HealthRow[] } {
  const at = START + minute * 60_000;
  const messages: BrokerMessage[] = [];
  const rows: HealthRow[] = [];
  for (const { record } of all) {
    const health: Health = {
      at: instantOf(at),
      uptime_s: 86_400 + minute * 60,
      rss_bytes: 81_264_640,
      disk_free_bytes: 12_884_901_888,
      load_1m: 0.21,
      reports_waiting: 0,
      sign: { brightness: 120, temperature_c: 41 },
      amplifier: { on: false, on_s: 3_600 },
    };
    messages.push(message('health', record.id, JSON.stringify(health)));
    rows.push({ device: record.id, zone: ZONE, at, document: JSON.stringify(health) });
  }
  return { messages, rows };
}

function message(row: 'report' | 'health', device: string, text: string): BrokerMessage {
  const payload = Buffer.from(text);
  return {
    topic: topicOf(row, { zone: ZONE, device }),
    payload,
    qos: row === 'report' ? 1 : 0,
    retained: false,
  };
}

function chain(events: ReportEvent[]): Report[] {
  const reports: Report[] = [];
  for (const event of events) {
    const last = reports.at(-1);
    reports.push({
      n: (last?.n ?? 0) + 1,
      prev: last === undefined ? FIRST_PREV : hashOf(last),
      at: instantOf(START + reports.length * 1_000),
      trust: 'full',
      boot: 1,
      event,
    });
  }
  return reports;
}

function morning(village: string, day: number): ReportEvent[] {
  const date = instantOf(START + day * DAY_MS).slice(0, 10);
  const said = (hour: string): ReportEvent[] => {
    const play = `${village}/ข่าวเช้า/${date}T${hour}:00:00`;
    const title = 'ข่าวเช้าประจำหมู่บ้าน';
    const ended_at = instantOf(START + 60_000);
    const end = { type: 'ended', play, outcome: 'finished', ended_at } as const;
    const tower = {
      frames: 2_880_000,
      rate_hz: 48_000,
      peak_cdbfs: -240,
      ms: 60_000,
      amplifier: 'on',
      sink: 'alsa',
    } as const;
    const panel = { pages: 3, crc: '333dd022', board_crc: '333dd022', ms: 60_000 };
    return [
      { type: 'started', play, output: 'tower', band: 40, title },
      { type: 'started', play, output: 'panel', band: 40, title },
      { ...end, output: 'tower', tower },
      { ...end, output: 'panel', panel },
    ];
  };
  return [
    { type: 'booted', version: '0.1.0', clean: true },
    ...said('06'),
    ...said('07'),
    { type: 'programme', area: village, version: 12 + day },
  ];
}
