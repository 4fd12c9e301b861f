import { expect, it } from 'vitest';
import type { Entry } from '../../../server/console/schedule/plan-edit.ts';
import { repeatsOf, timesLasting, withTimes } from '../../../server/console/schedule/repeats.ts';

const base: Omit<Entry, 'announcement'> = {
  ...{ id: 'a', starts: '2026-11-30T06:30:00', except: [], band: 40, outputs: ['tower', 'panel'] },
  ...{ grace_s: 60, when_cut: 'resume' },
};
const panel = { pages: [{ text: 'ก', seconds: 10 }], times: 1 };
const sound = { type: 'media' as const, sha256: 'a'.repeat(64), bytes: 1, ms: 58_000 };
const tower = { chime: 'none' as const, parts: [sound], times: 1, gap_ms: 2_000 };

it('an end is pulled in whole times: of the sound if there is any, else of the pages', () => {
  const spoken: Entry = { ...base, announcement: { title: 'ก', language: 'th', tower, panel } };
  const repeats = repeatsOf(spoken);
  expect(repeats).toEqual({ output: 'tower', times: 1, most: 10 });
  if (repeats === undefined) return;
  // 58 s, then 60 s more each time.
  expect(timesLasting(spoken, repeats, 58_000)).toBe(1);
  expect(timesLasting(spoken, repeats, 180_000)).toBe(3);
  expect(timesLasting(spoken, repeats, 3_600_000)).toBe(10);
  expect(timesLasting(spoken, repeats, 0)).toBe(1);
  expect(withTimes(spoken, repeats, 3).announcement.tower?.times).toBe(3);
});

it('a sign alone has its pages in turn, and a chime alone has one length', () => {
  const shown: Entry = { ...base, announcement: { title: 'ก', language: 'th', panel } };
  const repeats = repeatsOf(shown);
  expect(repeats).toMatchObject({ output: 'panel' });
  if (repeats !== undefined) expect(timesLasting(shown, repeats, 60_000)).toBe(6);
  const chime = { ...tower, chime: 'ding' as const, parts: [] };
  expect(repeatsOf({ ...base, announcement: { title: 'ก', language: 'th', tower: chime } })).toBeUndefined();
});
