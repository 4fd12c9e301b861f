import { BANGKOK_OFFSET_MS } from './instant.ts';

/**
 * Times of day in a Thai text: `06:30` -> `06.30`, `06:00–06:10` -> `06.00–06.10`. As the Royal Society writes them: a point
 * between hours and minutes; where there are seconds, colons (`06:30:15`).
 */
export function thaiClock(text: string): string {
  return text.replace(/(?<![\d:])(\d\d):(\d\d)(?![\d:])/g, '$1.$2');
}

/** The time of day in Thailand at an instant (epoch ms), as offices and signs write it: `18.30 น.` */
export function thaiTime(epochMs: number): string {
  return `${thaiClock(new Date(epochMs + BANGKOK_OFFSET_MS).toISOString().slice(11, 16))} น.`;
}
