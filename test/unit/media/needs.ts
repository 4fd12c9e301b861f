import type { MediaNeed } from '../../../device/media/media-need.ts';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import { type Programme, ProgrammeEntry } from '../../../firmware-protocol/content/programme.ts';
import { DAY, MONDAY_0600 } from '../../../scripts/virtual-world/world.ts';

export function shaOf(number: number): string {
  return number.toString(16).padStart(64, '0');
}

/** A file of so many bytes, and named by them, needed so long after MONDAY_0600. */
export function need(bytes: number, in_ms: number, why: MediaNeed['why'] = 'programme'): MediaNeed {
  return { sha256: shaOf(bytes), bytes, why, dueMs: MONDAY_0600 + in_ms };
}

export function entryDue(bytes: number, in_ms: number): ProgrammeEntry {
  return ProgrammeEntry.parse({
    id: `entry-${bytes}`,
    starts: new Date(MONDAY_0600 + in_ms + 7 * 3_600_000).toISOString().slice(0, 19),
    band: 40,
    announcement: {
      title: 'ข่าวเช้า',
      tower: { parts: [{ type: 'media', sha256: shaOf(bytes), bytes, ms: 1_000 }] },
    },
  });
}

export function programmeOf(entries: ProgrammeEntry[]): Programme {
  return {
    ...{ format: 1, area: '43010102', version: 1, by: 'somchai', entries },
    ...{ issued_at: instantOf(MONDAY_0600), valid_until: instantOf(MONDAY_0600 + 60 * DAY) },
    signature: { key: 'server-1', value: 'A'.repeat(86) },
  };
}
