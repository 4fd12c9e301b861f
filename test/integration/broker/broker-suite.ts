import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { filterOf, topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import type { Broker, BrokerMessage, Principal } from '../../../server/ports.ts';
import { Guest } from './mqtt-guest.ts';

export const PASSWORDS: Record<string, string> = {
  'hall-mae': 'mae-0123456789abcdef0123456789abcdef',
  'hall-pong': 'pong-0123456789abcdef0123456789abcde',
  somchai: 'somchai-and-a-long-word',
  malee: 'malee-and-a-longer-word',
  kaew: 'kaew-will-have-another-word',
};

export const PRINCIPALS: Record<string, Principal> = {
  'hall-mae': { kind: 'device', user: 'hall-mae', village: '43010101' },
  'hall-pong': { kind: 'device', user: 'hall-pong', village: '43010102' },
  somchai: {
    kind: 'operator',
    user: 'somchai',
    identity: { user: 'somchai', roles: ['author'], areas: ['43'] },
  },
  malee: { kind: 'operator', user: 'malee', identity: { user: 'malee', roles: ['author'], areas: ['57'] } },
  kaew: { kind: 'operator', user: 'kaew', identity: { user: 'kaew', roles: ['viewer'], areas: ['th'] } },
};

/** A broker under test, ready for guests. */
export interface BrokerUnderTest {
  broker: Broker;
  url: string;
  /** Starts what the broker needs beside it and the broker itself. */
  start(session: Parameters<Broker['start']>[0]): Promise<void>;
  stop(): Promise<void>;
  /** Changes a password as the server would, and tells the broker. */
  changePassword(user: string, password: string): Promise<void>;
}

const mae = { zone: '43', device: 'hall-mae' };
const pong = { zone: '43', device: 'hall-pong' };
const village = { zone: '43', area: '43010101' };
const text = (payload: Uint8Array) => Buffer.from(payload).toString();

const SECRETS = ['for mae only', 'for somchai only', 'the word of mae'] as const;

/** What every broker of ours must do and refuse. Run by each driver on the real thing. */
export function brokerSuite(name: string, open: () => Promise<BrokerUnderTest>): void {
  describe(name, () => {
    let under: BrokerUnderTest;
    const received: BrokerMessage[] = [];
    const guests: Guest[] = [];

    beforeAll(async () => {
      under = await open();
      const up = vi.fn();
      await under.start({
        onMessage: (message) => received.push(message),
        onUp: up,
        onDown: () => {},
      });
      await vi.waitFor(() => expect(up).toHaveBeenCalled(), { timeout: 10_000 });
      // Retained messages reach the server a moment after a fresh subscription; from here on it hears.
      await probe();
    });
    beforeEach(() => {
      received.splice(0);
    });
    afterEach(async () => {
      await Promise.all(guests.splice(0).map((guest) => guest.leave()));
    });
    afterAll(() => under.stop());

    const enter = async (user: string, options: Parameters<typeof Guest.enter>[1] = {}) => {
      const credentials = { username: user, password: PASSWORDS[user] ?? '', clientId: user };
      const guest = await Guest.enter(under.url, { ...credentials, ...options });
      guests.push(guest);
      return guest;
    };
    const send = (topic: string, body: string, retained = false) =>
      under.broker.publish({ topic, payload: Buffer.from(body), qos: 1, retained });
    const atServer = () => received.map(({ topic, payload }) => [topic, text(payload)]);
    /** Resolves when a message sent after everything else has come: what has not come by then was refused. */
    const probe = async () => {
      const prober = await enter('hall-pong');
      const topic = topicOf('report', pong);
      await vi.waitFor(async () => {
        await prober.publish(topic, 'probe');
        expect(atServer()).toContainEqual([topic, 'probe']);
      });
      await prober.leave();
    };

    describe('at the door', () => {
      it.each([
        ['nobody without a name', { username: undefined, password: undefined, clientId: 'someone' }],
        ['a name without a password', { username: 'hall-mae', password: undefined, clientId: 'hall-mae' }],
        ['a wrong password', { username: 'hall-mae', password: 'guess', clientId: 'hall-mae' }],
        ['an unknown name', { username: 'hall-nowhere', password: 'guess', clientId: 'hall-nowhere' }],
      ])('refuses %s', async (_who, options) => {
        const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
        await expect(Guest.enter(under.url, given)).rejects.toThrow();
      });

      it('gives nobody the session of another (F26)', async () => {
        const victim = await enter('hall-mae');
        await victim.subscribe(topicOf('deviceOrder', mae));
        // Refused, or let in under a name of its own: the victim does not notice.
        await enter('somchai', { clientId: 'hall-mae' }).catch(() => undefined);
        await enter('hall-pong', { clientId: 'hall-mae' }).catch(() => undefined);
        await send(topicOf('deviceOrder', mae), 'still mine');
        await vi.waitFor(() => expect(victim.texts()).toEqual(['still mine']));
        expect(victim.closed).toBe(false);
      });

      it('lets a new password in and the old one out', async () => {
        const before = await enter('kaew');
        await under.changePassword('kaew', 'kaew-has-another-word-now');
        await vi.waitFor(() => expect(before.closed).toBe(true));
        await expect(enter('kaew')).rejects.toThrow();
        await vi.waitFor(() => enter('kaew', { password: 'kaew-has-another-word-now' }), {
          timeout: 5_000,
        });
      });
    });

    describe('from the server to devices', () => {
      it('an order for its area and one for itself reach a device, unretained', async () => {
        const device = await enter('hall-mae');
        await device.subscribe(topicOf('areaOrder', village), topicOf('deviceOrder', mae));
        await send(topicOf('areaOrder', village), 'to all');
        await send(topicOf('deviceOrder', mae), 'to one');
        await vi.waitFor(() => expect(device.texts()).toEqual(['to all', 'to one']));
        expect(device.heard.map(({ retained }) => retained)).toEqual([false, false]);
      });

      it('a programme is there for who comes later', async () => {
        await send(topicOf('areaProgramme', village), 'version 1', true);
        await send(topicOf('areaProgramme', village), 'version 2', true);
        const device = await enter('hall-mae');
        await device.subscribe(topicOf('areaProgramme', village));
        await vi.waitFor(() =>
          expect(device.heard).toEqual([
            { topic: topicOf('areaProgramme', village), text: 'version 2', retained: true },
          ]),
        );
      });

      it('the largest message of the catalogue goes through', async () => {
        const device = await enter('hall-mae');
        await device.subscribe(topicOf('keys', {}));
        await send(topicOf('keys', {}), 'k'.repeat(512 * 1024), true);
        await vi.waitFor(() => expect(device.texts().map((each) => each.length)).toEqual([512 * 1024]));
      });
    });

    describe('from devices and people to the server', () => {
      it('everything a device says comes, in order', async () => {
        const device = await enter('hall-mae');
        const rows = ['presence', 'state', 'health', 'report', 'timeAsk'] as const;
        for (const row of rows) await device.publish(topicOf(row, mae), row, { retain: row === 'presence' });
        await vi.waitFor(() => expect(atServer()).toEqual(rows.map((row) => [topicOf(row, mae), row])));
        expect(received.every(({ retained }) => !retained)).toBe(true);
      });

      it('the last will of a device whose power goes', async () => {
        const topic = topicOf('presence', mae);
        const will = { topic, payload: Buffer.from('offline'), qos: 1 as const, retain: true };
        const device = await enter('hall-mae', { will });
        device.cut();
        await vi.waitFor(() => expect(atServer()).toEqual([[topic, 'offline']]));
      });

      it('a request is answered to the one who asked', async () => {
        const asked = topicOf('operatorRequest', { user: 'somchai', what: 'push' });
        const answer = topicOf('operatorResponse', { user: 'somchai', what: 'push' });
        const somchai = await enter('somchai', { clientId: 'mosq-4711' });
        await somchai.subscribe(filterOf('operatorResponse', { user: 'somchai' }));
        await somchai.publish(asked, '{}');
        await vi.waitFor(() => expect(atServer()).toEqual([[asked, '{}']]));
        await send(answer, 'done');
        await vi.waitFor(() => expect(somchai.texts()).toEqual(['done']));
      });
    });

    describe('refused (F27)', () => {
      it.each([
        ['a report of another device', 'hall-mae', topicOf('report', pong)],
        ['a birth of another device', 'hall-mae', topicOf('presence', pong)],
        ['an order', 'hall-mae', topicOf('areaOrder', village)],
        ['an order by a person', 'somchai', topicOf('deviceOrder', mae)],
        ['a programme', 'somchai', topicOf('areaProgramme', village)],
        ['keys', 'somchai', topicOf('keys', {})],
        [
          'a request in the name of another',
          'somchai',
          topicOf('operatorRequest', { user: 'malee', what: 'push' }),
        ],
        ['a request of a device', 'hall-mae', topicOf('operatorRequest', { user: 'somchai', what: 'push' })],
        ['an answer', 'malee', topicOf('operatorResponse', { user: 'somchai', what: 'push' })],
        ['a topic of nobody', 'somchai', 'hello'],
        ['a system topic', 'somchai', '$SYS/broker/uptime'],
      ])('%s', async (_what, user, topic) => {
        const device = await enter('hall-pong');
        await device.subscribe(topicOf('areaOrder', village), topicOf('deviceOrder', pong));
        const attacker = await enter(user);
        await attacker.publish(topic, 'forged');
        await probeOn(device);
        expect(atServer().filter(([, body]) => body === 'forged')).toEqual([]);
        expect(device.texts()).not.toContain('forged');
      });

      it('the last will in the name of another', async () => {
        const will = { topic: topicOf('presence', pong), payload: Buffer.from('forged'), qos: 1 as const };
        const order = { ...will, topic: topicOf('deviceOrder', pong) };
        const device = await enter('hall-pong');
        await device.subscribe(topicOf('deviceOrder', pong));
        for (const each of [will, order]) {
          const attacker = await enter('hall-mae', { will: { ...each, retain: false } }).catch(
            () => undefined,
          );
          attacker?.cut();
        }
        await probeOn(device);
        expect(atServer().filter(([, body]) => body === 'forged')).toEqual([]);
        expect(device.texts()).not.toContain('forged');
      });

      it.each([
        '#',
        '+/v1/#',
        'prakat/#',
        'prakat/v1/43/device/+/order',
        'prakat/v1/43/device/hall-mae/#',
        'prakat/v1/+/device/+/report',
        'prakat/v1/operator/+/response/+',
        'prakat/v1/operator/somchai/response/push',
        '$share/thieves/#',
        '$share/thieves/prakat/v1/43/device/hall-mae/order',
        '$SYS/#',
      ])('subscribing to %s brings nothing of others', async (filter) => {
        const first = await enter('hall-pong');
        await first.subscribe(filter);
        // A broker may cut off who asks so; then it comes again.
        const spy = first.closed ? await enter('hall-pong') : first;
        const device = await enter('hall-mae');
        await send(topicOf('deviceOrder', mae), SECRETS[0]);
        await send(topicOf('operatorResponse', { user: 'somchai', what: 'push' }), SECRETS[1]);
        await device.publish(topicOf('report', mae), SECRETS[2]);
        await spy.subscribe(topicOf('deviceOrder', pong));
        await send(topicOf('deviceOrder', pong), 'for pong');
        await vi.waitFor(() => expect(spy.texts()).toContain('for pong'));
        // Programmes and keys are for everybody's ears; what is for one, or from one, is nobody else's.
        for (const secret of SECRETS) expect(spy.texts().includes(secret), secret).toBe(false);
      });

      it('a packet larger than any of ours: that client only', async () => {
        const bystander = await enter('hall-mae');
        const flood = await enter('hall-pong');
        await flood.publish(topicOf('report', pong), 'x'.repeat(2 * 1024 * 1024));
        await vi.waitFor(() => expect(flood.closed).toBe(true));
        await bystander.publish(topicOf('report', mae), 'still here');
        await vi.waitFor(() => expect(atServer()).toEqual([[topicOf('report', mae), 'still here']]));
      });

      it('a topic of thousands of levels: that client only', async () => {
        const bystander = await enter('hall-mae');
        const digger = await enter('hall-pong');
        await digger.publish(`prakat/${'a/'.repeat(10_000)}`, 'deep');
        await bystander.publish(topicOf('report', mae), 'still here');
        await vi.waitFor(() => expect(atServer()).toEqual([[topicOf('report', mae), 'still here']]));
      });

      async function probeOn(device: Guest): Promise<void> {
        await device.publish(topicOf('report', pong), 'after');
        await vi.waitFor(() => expect(atServer()).toContainEqual([topicOf('report', pong), 'after']));
        await send(topicOf('deviceOrder', pong), 'after');
        await vi.waitFor(() => expect(device.texts()).toContain('after'));
      }
    });
  });
}
