import { canonicalJson } from '../../../firmware-protocol/content/canonical-json.ts';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import {
  FIRST_PREV,
  hashOf,
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
/** What a hall sends at a time after a morning: two programme entries on tower and sign, and a boot. */
export const REPORTS_A_BATCH = 10;

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

/** One signed batch of each hall, as it comes from the broker, and its reports as rows. */
export function reportMail(all: BenchHall[]): { messages: BrokerMessage[]; rows: ChainedReport[] } {
  const rows: ChainedReport[] = [];
  const messages = all.map(({ record, seed }) => {
    const reports = chain(record.village);
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

function chain(village: string): Report[] {
  const reports: Report[] = [];
  for (const event of morning(village)) {
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

function morning(village: string): ReportEvent[] {
  const said = (hour: string): ReportEvent[] => {
    const play = `${village}/ข่าวเช้า/2026-11-26T${hour}:00:00`;
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
    { type: 'programme', area: village, version: 12 },
  ];
}
