import { expect, test } from 'vitest';
import { addEvidence } from '../../../device/playout/evidence.ts';
import type { Performed } from '../../../device/playout/play.ts';
import type { PanelEvidence } from '../../../firmware-protocol/content/report.ts';

const stretch = (left_out?: PanelEvidence['left_out']): Performed => ({
  end: 'cut',
  mark: { done: 1 },
  panel: { pages: 1, crc: '00000001', ms: 5_000, ...(left_out && { left_out }) },
});
const missing = { page: 1, part: 'picture' as const, reason: 'media-unreachable' };

test('what was missing in any stretch stays in the evidence, once', () => {
  const first = addEvidence({}, stretch([missing]));
  expect(addEvidence(first, stretch()).panel?.left_out).toEqual([missing]);
  const corrupt = { ...missing, reason: 'media-corrupt' };
  const other = { page: 2, part: 'qr' as const, reason: 'qr-unfit' };
  expect(addEvidence(first, stretch([corrupt, other])).panel?.left_out).toEqual([missing, other]);
});

test('where nothing was missing nothing is said', () => {
  expect(addEvidence(addEvidence({}, stretch()), stretch()).panel).toEqual({
    pages: 2,
    crc: '00000001',
    ms: 10_000,
  });
});
