import { describe, expect, test } from 'vitest';
import { isRefused } from '../../../device/keys/document.ts';
import { CHECKS, examine } from '../../../device/orders/gate.ts';
import type { Here } from '../../../device/orders/here.ts';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import { signed } from '../../../firmware-protocol/content/signature.ts';
import { FLOOD_NOTICE } from '../../../scripts/virtual-world/sayings.ts';
import { freshKey } from '../../../scripts/virtual-world/sim-server.ts';
import { DEVICE, HOUR, VILLAGE, World } from '../../../scripts/virtual-world/world.ts';

const { server, time } = new World();
const here: Here = {
  ...{ device: DEVICE, village: VILLAGE, keys: server.keySet },
  ...{ now: time.wall(), trust: 'server', bootNonce: 'nonce' },
};

function verdict(document: object, { retained = false, at = here }: { retained?: boolean; at?: Here } = {}) {
  const examined = examine({ payload: Buffer.from(JSON.stringify(document)), retained }, at);
  return isRefused(examined) ? examined.refused : 'accepted';
}

const good = (more: object = {}) => server.make({ ...FLOOD_NOTICE, to: [VILLAGE], ...more });

/** The same, wrong in another way at each step; the earlier check speaks. */
function resigned(changes: object, key = server.key): object {
  const { signature: _old, ...order } = good();
  return signed({ ...order, ...changes }, key);
}

const OLD = { issued_at: instantOf(here.now - 2 * HOUR), expires_at: instantOf(here.now - HOUR) };
const ELSEWHERE = { to: ['12010101'] };
const stranger = freshKey('stranger');

describe('the gate of orders', () => {
  test('the checks stand in the order of the contract', () => {
    expect(Object.keys(CHECKS)).toEqual([
      'signed by a key we trust',
      'inside the scope of the key',
      'for this hall',
      'live, where the clock is not known',
      'not expired',
      'not from the future',
      'not longer-lived than an order may be',
    ]);
  });

  test.each([
    ['a retained one before its shape', { ...good(), kind: 'shout' }, true, 'retained'],
    ['a later format before its shape', { ...good(), format: 9, band: 'x' }, false, 'not-understood'],
    ['its shape before its key', { ...resigned({}, stranger), band: 'x' }, false, 'malformed'],
    ['its key before its audience', resigned(ELSEWHERE, stranger), false, 'unknown-key'],
    ['its signature before its audience', { ...good(), ...ELSEWHERE }, false, 'bad-signature'],
    ['its audience before its expiry', resigned({ ...ELSEWHERE, ...OLD }), false, 'for-another'],
    ['its expiry', resigned(OLD), false, 'expired'],
    ['nothing at all', good(), false, 'accepted'],
  ])('%s', (_name, document, retained, expected) => {
    expect(verdict(document, { retained })).toBe(expected);
  });

  test.each(['th', '43', '4301', '430101', VILLAGE, `device/${DEVICE}`])('is for this hall: %s', (target) => {
    expect(verdict(good({ to: ['12', target] }))).toBe('accepted');
  });

  test.each(['4302', '43010103', 'device/hall-10'])('is not for this hall: %s', (target) => {
    expect(verdict(good({ to: [target] }))).toBe('for-another');
  });

  test('targets elsewhere are for the halls there to judge; areas that the key may not use are not', () => {
    const village = freshKey('village');
    const keys = { ...here.keys, keys: [server.scoped(village, { areas: [VILLAGE] })] };
    const order = (to: string[]) => server.make({ ...FLOOD_NOTICE, to }, { key: village });
    expect(verdict(order([VILLAGE, 'device/hall-2']), { at: { ...here, keys } })).toBe('accepted');
    expect(verdict(order([VILLAGE, '4301']), { at: { ...here, keys } })).toBe('outside-area');
  });

  test.each(['none', 'floor'] as const)(
    'with a clock of trust %s only live orders of this boot pass',
    (trust) => {
      const at: Here = { ...here, trust, now: 0 };
      expect(verdict(good(), { at })).toBe('clock-unknown');
      expect(verdict(good({ boot_nonce: 'nonce' }), { at })).toBe('accepted');
      expect(verdict(good({ boot_nonce: 'nonce', start_at: instantOf(here.now) }), { at })).toBe(
        'clock-unknown',
      );
      expect(verdict(server.make({ kind: 'stop', to: [VILLAGE], stops: 'everything' }), { at })).toBe(
        'accepted',
      );
    },
  );

  test('the id of what is refused is told where it can be read', () => {
    const order = good();
    const refused = examine(
      { payload: Buffer.from(JSON.stringify({ ...order, band: 1 })), retained: false },
      here,
    );
    expect(refused).toMatchObject({
      what: order.id,
      refused: 'malformed',
      detail: expect.stringContaining('band'),
    });
    const nameless = examine({ payload: Buffer.from('{"id":"<script>"}'), retained: false }, here);
    expect(nameless).not.toHaveProperty('what');
  });

  test('a million brackets are refused, not run out of stack on', () => {
    const deep = `{"id":"x","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(examine({ payload: Buffer.from(deep), retained: false }, here)).toMatchObject({
      refused: 'malformed',
    });
    const order = JSON.stringify(good()).slice(0, -1);
    const signedDeep = `${order},"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(examine({ payload: Buffer.from(signedDeep), retained: false }, here)).toMatchObject({
      refused: 'bad-signature',
    });
  });

  test.each([
    ['an object that has no words', [{ toString: 1, valueOf: 1 }]],
    ['half a character', ['\ud800']],
    ['a number', [7]],
  ])('names nobody can understand are refused, and break nothing: %s', (_name, crit) => {
    expect(verdict({ ...good(), crit })).toBe('not-understood');
  });

  test.each(['__proto__', 'constructor', 'toString'])(
    'a member called %s changes nothing but the signature',
    (name) => {
      const text = JSON.stringify(good()).replace('{', `{"${name}":{"band":90},`);
      const examined = examine({ payload: Buffer.from(text), retained: false }, here);
      expect(isRefused(examined) && examined.refused).toBe('bad-signature');
    },
  );

  test('of a member that is given twice, the one that was signed counts, or none', () => {
    const [honest, order] = [JSON.stringify(good()), good()];
    const [first, last] = [honest.replace('{', '{"band":90,'), honest.replace(/}$/, ',"band":20}')];
    const read = (text: string) => examine({ payload: Buffer.from(text), retained: false }, here);
    expect(read(first)).toMatchObject({ order: { band: 'band' in order ? order.band : undefined } });
    expect(read(last)).toMatchObject({ refused: 'bad-signature' });
  });

  test.each(['1e400', '1e-400', '-0', '12345678901234567890'])(
    'a number that is no number of ours: %s',
    (number) => {
      const text = JSON.stringify(good()).replace('{', `{"extra":${number},`);
      const examined = examine({ payload: Buffer.from(text), retained: false }, here);
      expect(isRefused(examined) && examined.refused).toBe('bad-signature');
    },
  );
});
