import { beforeEach, expect, test, vi } from 'vitest';
import type { Inbound } from '../../../device/link/lanes.ts';
import { canonicalJson } from '../../../firmware-protocol/content/canonical-json.ts';
import { FIRST_PREV } from '../../../firmware-protocol/content/report.ts';
import { newKeyPair, signed, signingKey } from '../../../firmware-protocol/content/signature.ts';
import { settled, VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { FarBroker, linkTo, STATE } from './far-broker.ts';

const OWN = 'prakat/v1/43/device/hall-1';
let broker: FarBroker;
let clock: VirtualClock;
beforeEach(() => {
  broker = new FarBroker();
  clock = new VirtualClock(Date.UTC(2026, 10, 13));
});

test('connects with its will, subscribes to its own topics and its five areas, then says birth, state and health', async () => {
  const connected = vi.fn();
  linkTo(broker, clock, { connected }).start();
  await clock.runTo(1_000);
  expect(JSON.parse(String(broker.session?.will.payload))).toEqual({ state: 'offline', boot: 3 });
  expect(broker.session?.will).toMatchObject({ topic: `${OWN}/presence`, retained: true, qos: 1 });
  expect(broker.filters).toEqual([
    'prakat/v1/th/area/th/keys',
    `${OWN}/receipt`,
    `${OWN}/answer/time`,
    `${OWN}/order`,
    `${OWN}/request/+`,
    ...['43/area/43010102', '43/area/430101', '43/area/4301', '43/area/43', 'th/area/th'].map(
      (area) => `prakat/v1/${area}/order`,
    ),
    ...['43/area/43010102', '43/area/430101', '43/area/4301', '43/area/43', 'th/area/th'].map(
      (area) => `prakat/v1/${area}/programme`,
    ),
    ...['43/area/43010102', '43/area/430101', '43/area/4301', '43/area/43', 'th/area/th'].map(
      (area) => `prakat/v1/${area}/release`,
    ),
  ]);
  expect(
    broker.published.map(({ topic, qos, retained }) => [topic.slice(OWN.length), qos, retained]),
  ).toEqual([
    ['/presence', 1, true],
    ['/health', 0, false],
    ['/state', 1, true],
  ]);
  expect(broker.on('presence')).toEqual([{ state: 'online', boot: 3 }]);
  expect(connected).toHaveBeenCalledOnce();
});

test('what is signed is sent as it was signed, in whatever order its members came', async () => {
  const sent: string[] = [];
  broker.publish = async ({ payload }) => void sent.push(String(payload));
  const link = linkTo(broker, clock, {});
  link.start();
  await clock.runTo(0);
  const event = { type: 'booted', version: '1', clean: true } as const;
  const at = '2026-11-13T18:30:00.000+07:00';
  const reports = [{ n: 1, prev: FIRST_PREV, at, trust: 'full' as const, boot: 3, event }];
  const batch = signed({ device: 'hall-1', reports }, signingKey('hall-1', newKeyPair().seed));
  await link.publish('report', batch);
  expect(sent.at(-1)).toBe(canonicalJson(batch));
  expect(sent.at(-1)).not.toBe(JSON.stringify(batch));
});

test('hands each message to its handler, with what its topic says', async () => {
  const heard: [string, Inbound][] = [];
  const note = (lane: string) => async (message: Inbound) => void heard.push([lane, message]);
  linkTo(broker, clock, { order: note('order'), programme: note('programme'), keys: note('keys') }).start();
  await clock.runTo(0);
  broker.say('prakat/v1/43/area/4301/order', { a: 1 });
  broker.say('prakat/v1/th/area/th/programme', { b: 1 }, true);
  broker.say('prakat/v1/th/area/th/keys', { c: 1 }, true);
  broker.say('prakat/v1/43/device/hall-1/unknown', {});
  await settled();
  expect(
    heard.map(([lane, { params, retained, payload }]) => [lane, params, retained, String(payload)]),
  ).toEqual([
    ['order', { zone: '43', area: '4301' }, false, '{"a":1}'],
    ['programme', { zone: 'th', area: 'th' }, true, '{"b":1}'],
    ['keys', {}, true, '{"c":1}'],
  ]);
});

test('answers diagnostics on the response topic', async () => {
  const request = async ({ params }: Inbound) => ({
    status: 'ok' as const,
    data: params.what,
    transaction: 7,
  });
  linkTo(broker, clock, { request }).start();
  await clock.runTo(0);
  broker.say(`${OWN}/request/checks`, { transaction: 7 });
  await settled();
  expect(broker.on('response/checks')).toEqual([{ status: 'ok', data: 'checks', transaction: 7 }]);
});

test('a handler that throws does not end its lane', async () => {
  const order = vi.fn().mockRejectedValueOnce(new Error('bad')).mockResolvedValue(undefined);
  linkTo(broker, clock, { order }).start();
  await clock.runTo(0);
  broker.say(`${OWN}/order`, {});
  broker.say(`${OWN}/order`, {});
  await settled();
  expect(order).toHaveBeenCalledTimes(2);
});

test('what is too large or too much is dropped and told; other lanes go on (I9)', async () => {
  const dropped = vi.fn();
  const keys = vi.fn(async () => {});
  linkTo(broker, clock, { dropped, keys, order: () => new Promise(() => {}) }).start();
  await clock.runTo(0);
  broker.say(`${OWN}/order`, 'x'.repeat(256 * 1_024 + 1));
  expect(dropped).toHaveBeenLastCalledWith('order', 'too-large', expect.anything());
  for (let each = 0; each < 300; each++) broker.say(`${OWN}/order`, { each });
  expect(dropped.mock.calls.filter(([, reason]) => reason === 'queue-full')).toHaveLength(300 - 256);
  broker.say('prakat/v1/th/area/th/keys', {});
  await settled();
  expect(keys).toHaveBeenCalledOnce();
});

test('a broker that is away is called ever more rarely, and found when it is back (F20, F28)', async () => {
  broker.reachable = false;
  linkTo(broker, clock, {}).start();
  await clock.runTo(3_600_000);
  expect(broker.connects).toBeGreaterThan(10);
  expect(broker.connects).toBeLessThan(25);
  broker.reachable = true;
  await clock.runTo(3_600_000 + 300_000);
  expect(broker.on('presence')).toEqual([{ state: 'online', boot: 3 }]);
});

test('after a cut it connects anew, with the same handlers and all subscriptions (F14)', async () => {
  const disconnected = vi.fn();
  const connected = vi.fn();
  const order = vi.fn(async () => {});
  const link = linkTo(broker, clock, { connected, disconnected, order });
  link.start();
  await clock.runTo(0);
  broker.cut();
  expect(link.connected()).toBe(false);
  await expect(link.publish('state', STATE)).rejects.toMatchObject({ code: 'bus-lost' });
  broker.filters = [];
  await clock.runTo(5_000);
  expect(link.connected()).toBe(true);
  expect(broker.filters).toHaveLength(20);
  broker.say(`${OWN}/order`, {});
  await settled();
  expect(order).toHaveBeenCalledOnce();
  expect([connected.mock.calls.length, disconnected.mock.calls.length]).toEqual([2, 1]);
});

test('a line that flaps is called less and less', async () => {
  linkTo(broker, clock, { connected: () => queueMicrotask(() => broker.cut()) }).start();
  await clock.runTo(3_600_000);
  expect(broker.connects).toBeLessThan(25);
});

test('state goes out when it changed, at most a few times a second; health each minute', async () => {
  let state = STATE;
  const link = linkTo(broker, clock, {}, () => state);
  link.start();
  await clock.runTo(1_000);
  for (let each = 0; each < 50; each++) link.stateChanged();
  await clock.runTo(2_000);
  expect(broker.on('state')).toHaveLength(1);
  state = { ...STATE, trust: 'server' };
  for (let each = 0; each < 50; each++) link.stateChanged();
  await clock.runTo(3_000);
  expect(broker.on('state')).toEqual([STATE, state]);
  await clock.runTo(10 * 60_000);
  expect(broker.on('health')).toHaveLength(11);
});

test('a wanted end says offline and stays away', async () => {
  const link = linkTo(broker, clock, {});
  link.start();
  await clock.runTo(0);
  await link.stop();
  expect(broker.on('presence').at(-1)).toEqual({ state: 'offline', boot: 3 });
  await clock.runTo(3_600_000);
  expect(broker.connects).toBe(1);
});

test('stopped while it waits to call again, it never calls again', async () => {
  broker.reachable = false;
  const link = linkTo(broker, clock, {});
  link.start();
  await settled();
  await link.stop();
  await clock.runTo(3_600_000);
  expect(broker.connects).toBe(1);
});

test('the end of an old line, told late, does not take down the new one', async () => {
  const disconnected = vi.fn();
  linkTo(broker, clock, { disconnected }).start();
  await clock.runTo(1_000);
  const old = broker.session;
  broker.cut();
  await clock.runTo(clock.monotonic() + 60_000);
  expect(broker.connects).toBe(2);
  old?.onClosed('told late');
  await clock.runTo(clock.monotonic() + 600_000);
  expect(disconnected).toHaveBeenCalledOnce();
  expect(broker.connects).toBe(2);
});
