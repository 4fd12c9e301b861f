import type { Announcement } from '../../../firmware-protocol/content/announcement.ts';
import type { Order } from '../../../firmware-protocol/content/order.ts';
import type { Programme, ProgrammeEntry } from '../../../firmware-protocol/content/programme.ts';

/** Well-formed documents for unit tests; the signature has the form of one, no more. */
export const FORM_OF_A_SIGNATURE = { key: 'province-43', value: 'A'.repeat(86) };
const SOUND = 'a'.repeat(64);

export const announcement: Announcement = {
  title: 'แจ้งเตือนน้ำท่วมฉับพลัน',
  language: 'th',
  tower: {
    chime: 'ding',
    parts: [{ type: 'media', sha256: SOUND, bytes: 48_000, ms: 10_000 }],
    times: 1,
    gap_ms: 2_000,
  },
  panel: { pages: [{ text: 'น้ำท่วม โปรดระวัง', seconds: 10 }], times: 1 },
};

export const envelope = {
  format: 1 as const,
  id: '01JCKZ5V00000000000000000A',
  to: ['4301'],
  by: 'somchai',
  issued_at: '2026-11-13T18:30:00.000+07:00',
  expires_at: '2026-11-13T18:45:00.000+07:00',
  signature: FORM_OF_A_SIGNATURE,
};

export const order: Order = {
  ...envelope,
  kind: 'announce',
  band: 60,
  announcement,
  outputs: ['tower', 'panel'],
  at_least_once: false,
};

export function entryOf(id: string, starts: string, more: Partial<ProgrammeEntry> = {}): ProgrammeEntry {
  return {
    id,
    starts,
    except: [],
    band: 40,
    outputs: ['tower', 'panel'],
    grace_s: 60,
    when_cut: 'resume',
    announcement,
    ...more,
  };
}

export function programmeOf(
  area: string,
  entries: ProgrammeEntry[],
  more: Partial<Programme> = {},
): Programme {
  return {
    format: 1,
    area,
    version: 1,
    by: 'somchai',
    issued_at: '2026-11-01T09:00:00.000+07:00',
    valid_until: '2026-12-31T23:59:59.000+07:00',
    entries,
    signature: FORM_OF_A_SIGNATURE,
    ...more,
  };
}

/** A tower that sounds for exactly `ms`, without a chime. */
export function soundFor(ms: number): Announcement {
  return {
    title: 'ประกาศ',
    language: 'th',
    tower: {
      chime: 'none',
      parts: [{ type: 'media', sha256: SOUND, bytes: 48_000, ms }],
      times: 1,
      gap_ms: 0,
    },
  };
}
