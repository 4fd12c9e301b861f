import { BANGKOK_OFFSET_MS, type LocalTime } from '../../../firmware-protocol/content/instant.ts';

/** The zone of every time that prakat writes (RFC 5545, 3.2.19). */
export const THAI_ZONE = 'Asia/Bangkok';

/** `2026-11-14T06:30:00` -> `20261114T063000`. */
export function compact(local: LocalTime): string {
  return local.replace(/[-:]/g, '');
}

/** Epoch ms -> `2026-11-14T06:30:00` in Thailand. */
export function localAt(epochMs: number): LocalTime {
  return new Date(epochMs + BANGKOK_OFFSET_MS).toISOString().slice(0, 19);
}

/** Epoch ms -> `20261113T233000Z`. */
export function utcStamp(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}
