import { describe, expect, it } from 'vitest';
import { isPlayOrder, Order } from '../../../firmware-protocol/content/order.ts';
import { envelope, FORM_OF_A_SIGNATURE, order, soundFor } from './documents.ts';

function faultsOf(document: unknown): string[] {
  return Order.safeParse(document).error?.issues.map(({ path }) => path.join('.')) ?? [];
}

describe('an order', () => {
  it.each([
    ['announce', order],
    ['alert', { ...order, kind: 'alert', band: 90 }],
    ['test', { ...order, kind: 'test', band: 20 }],
    ['stop one', { ...envelope, kind: 'stop', stops: '01JCKZ5V00000000000000000A' }],
    ['stop everything', { ...envelope, kind: 'stop', stops: 'everything' }],
    ['all-clear', { ...envelope, kind: 'all-clear', clears: '01JCKZ5V00000000000000000A' }],
  ])('%s is one', (_kind, document) => {
    expect(faultsOf(document)).toEqual([]);
  });

  it.each([
    ['of a later format', { ...order, format: 2 }, 'format'],
    ['without a signature', { ...order, signature: undefined }, 'signature'],
    [
      'with half a signature',
      { ...order, signature: { ...FORM_OF_A_SIGNATURE, value: 'AAAA' } },
      'signature.value',
    ],
    ['of an unknown kind', { ...order, kind: 'shout' }, 'kind'],
    ['announcing as an alert', { ...order, band: 90 }, 'band'],
    ['alerting below alert', { ...order, kind: 'alert', band: 60 }, 'band'],
    ['testing as urgent', { ...order, kind: 'test', band: 60 }, 'band'],
    ['to nobody', { ...order, to: [] }, 'to'],
    ['to half a code', { ...order, to: ['4301', '430'] }, 'to.1'],
    ['to 257', { ...order, to: Array(257).fill('43') }, 'to'],
    ['with a made-up id', { ...order, id: 'order-1' }, 'id'],
    ['without an offset', { ...order, expires_at: '2026-11-13T18:45:00' }, 'expires_at'],
    ['naming an output twice', { ...order, outputs: ['tower', 'tower'] }, 'outputs'],
    [
      'for the sign, saying nothing there',
      { ...order, announcement: soundFor(1), outputs: ['panel'] },
      'outputs',
    ],
    ['stopping by a name', { ...envelope, kind: 'stop', stops: 'all' }, 'stops'],
  ])('%s is refused, and says where', (_what, document, path) => {
    expect(faultsOf(document)).toEqual([path]);
  });

  it('keeps its form when a later version adds a member', () => {
    expect(Order.parse({ ...order, colour: 'red' })).toEqual(order);
  });

  it('that ends others plays nothing', () => {
    expect(isPlayOrder(order)).toBe(true);
    expect(isPlayOrder(Order.parse({ ...envelope, kind: 'stop', stops: 'everything' }))).toBe(false);
  });
});
