import { expect, it } from 'vitest';
import { endOf } from '../../../server/console/push/order-end.ts';

const NOW = Date.parse('2026-11-13T18:00:00+07:00');
const order = { open: 2, expires_at: '2026-11-13T18:30:00+07:00' };

it.each([
  ['waits where a hall is away', { ...order, fates: { waiting: 1, finished: 3 } }, 'until'],
  ['waits where a hall is silent', { ...order, fates: { silent: 1, playing: 1 } }, 'until'],
  ['waits for nobody where all are there', { ...order, fates: { playing: 2, finished: 3 } }, 'expires'],
  [
    'is over when its time is',
    { ...order, expires_at: '2026-11-13T18:00:00+07:00', fates: { sent: 2 } },
    'over',
  ],
  ['has nothing to say when all have told', { ...order, open: 0, fates: { expired: 1 } }, undefined],
])('an order %s', (_what, progress, end) => {
  expect(endOf(progress, NOW)).toBe(end);
});
