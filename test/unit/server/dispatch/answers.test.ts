import { expect, test } from 'vitest';
import type { DeliveryRecord } from '../../../../server/delivery-table.ts';
import { answered } from '../../../../server/dispatch/answers.ts';

const sent: DeliveryRecord = {
  order: '01J00000000000000000000000',
  device: 'hall-1',
  state: 'playing',
  refusal: null,
  outputs: ['panel'],
  outcomes: {},
  sends: 1,
  nextAt: null,
  finished: null,
};
const ended = {
  type: 'ended' as const,
  play: sent.order,
  output: 'panel' as const,
  outcome: 'finished' as const,
  ended_at: '2026-11-13T18:30:41.000+07:00',
};
const panel = { pages: 3, crc: '9b0c5f1e', ms: 40_100 };

test('the operator sees what of the pages was left out, each kind once', () => {
  const left_out = [
    { page: 1, part: 'picture' as const, reason: 'media-unreachable' },
    { page: 2, part: 'picture' as const, reason: 'media-corrupt' },
    { page: 2, part: 'qr' as const, reason: 'qr-unfit' },
  ];
  expect(answered(sent, { ...ended, panel: { ...panel, left_out } }).outcomes).toEqual({
    panel: { outcome: 'finished', left_out: ['picture', 'qr'] },
  });
});

test('where all was seen nothing is added', () => {
  expect(answered(sent, { ...ended, panel }).outcomes).toEqual({ panel: { outcome: 'finished' } });
});
