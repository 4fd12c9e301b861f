import { Announcement } from '../../firmware-protocol/content/announcement.ts';
import { ProgrammeEntry } from '../../firmware-protocol/content/programme.ts';
import type { OrderDraft } from './sim-server.ts';

/** Sound named by its length: the sketched media store has every file. */
function soundOf(ms: number) {
  return { type: 'media', sha256: ms.toString(16).padStart(64, '0'), bytes: ms, ms };
}

export function announcementOf(title: string, ms: number): Announcement {
  return Announcement.parse({
    title,
    tower: { chime: 'ding', parts: [soundOf(ms)] },
    panel: { pages: [{ text: title, seconds: 10 }] },
  });
}

export const FLOOD_NOTICE: OrderDraft = {
  kind: 'announce',
  band: 60,
  announcement: announcementOf('น้ำท่วม โปรดระวัง', 20_000),
};

export const FLOOD_ALERT: OrderDraft = {
  kind: 'alert',
  band: 90,
  announcement: announcementOf('น้ำป่าไหลหลาก อพยพทันที', 30_000),
};

export const ANTHEM: ProgrammeEntry = ProgrammeEntry.parse({
  id: 'anthem-morning',
  starts: '2026-11-01T08:00:00',
  rule: 'FREQ=DAILY',
  band: 80,
  announcement: announcementOf('เพลงชาติ', 70_000),
});

export const MORNING_NEWS: ProgrammeEntry = ProgrammeEntry.parse({
  id: 'morning-news',
  starts: '2026-11-01T06:30:00',
  rule: 'FREQ=DAILY',
  band: 40,
  grace_s: 600,
  announcement: announcementOf('ข่าวเช้า', 180_000),
});

export const HOURLY_NOTE: ProgrammeEntry = ProgrammeEntry.parse({
  id: 'hourly-note',
  starts: '2026-11-01T00:00:00',
  rule: 'FREQ=HOURLY',
  band: 20,
  announcement: announcementOf('ประกาศรายชั่วโมง', 15_000),
});

/** What nobody of the village said: a key was stolen. */
export const STOLEN_NOTE: ProgrammeEntry = ProgrammeEntry.parse({
  id: 'stolen-note',
  starts: '2026-11-01T00:30:00',
  rule: 'FREQ=HOURLY',
  band: 20,
  announcement: announcementOf('ประกาศปลอม', 15_000),
});

/** The two that sound longest and most often, said in fewer words: with a real tower each second costs a millisecond and a half. */
export const TERSE_NEWS: ProgrammeEntry = {
  ...MORNING_NEWS,
  announcement: announcementOf('ข่าวเช้าโดยย่อ', 60_000),
};
export const TERSE_NOTE: ProgrammeEntry = {
  ...HOURLY_NOTE,
  announcement: announcementOf('ประกาศรายชั่วโมง', 5_000),
};

/** Longer than an amplifier that has already worked in this hour may be on. */
export const LONG_SPEECH: OrderDraft = {
  kind: 'announce',
  band: 60,
  announcement: announcementOf('ผู้ใหญ่บ้านแจ้งผลการประชุมประจำเดือน', 420_000),
};
