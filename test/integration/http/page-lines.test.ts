import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { TOPICS } from '../../../firmware-protocol/mqtt/catalogue.ts';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { AedesBroker } from '../../../server/drivers/broker/aedes-broker.ts';
import { openDatabase } from '../../../server/drivers/database/database.ts';
import { HttpFailures } from '../../../server/drivers/http/failures.ts';
import { type Framework, newFramework } from '../../../server/drivers/http/framework.ts';
import { HttpMqtt, PAGE_LINE_LIMITS } from '../../../server/drivers/http/mqtt.ts';
import { systemRandom } from '../../../server/drivers/system-clock.ts';
import { Attempts } from '../../../server/operators/attempts.ts';
import { SESSION_LIMITS, Sessions } from '../../../server/operators/sessions.ts';
import type { BrokerMessage, Door } from '../../../server/ports.ts';
import type { Database } from '../../../server/tables.ts';
import { HandClock } from '../../unit/server/hand-clock.ts';
import { silent } from '../../unit/server/office.ts';
import { Guest } from '../broker/mqtt-guest.ts';
import { connectPacket, publishPacket } from '../broker/raw-client.ts';
import { frame, RawPage } from '../broker/raw-page.ts';

const PASSWORD = 'ประกาศทุกเช้า';
const identity = { user: 'somchai', roles: ['author' as const], areas: ['43'] };
const door: Door = {
  open: async (user, password) =>
    user === 'somchai' && password === PASSWORD ? { kind: 'operator', user, identity } : undefined,
};
const record = { ...identity, brokerHash: null, codeHash: null, codeExpiresAt: null, codeAttempts: 0 };

const clock = new HandClock();
const heard: BrokerMessage[] = [];
const broker = new AedesBroker({ door, log: silent });
let db: Database;
let app: Framework;
let sessions: Sessions;
let url: string;

beforeAll(async () => {
  db = await openDatabase(':memory:');
  await broker.start({ onMessage: (message) => heard.push(message), onUp: () => {}, onDown: () => {} });
  const attempts = new Attempts(clock);
  const logOns = { came: () => {} };
  sessions = new Sessions({ db, door, attempts, clock, random: systemRandom(), logOns });
  app = newFramework({ proxies: [], refuse: new HttpFailures(silent).answer });
  new HttpMqtt({ sessions, door, pages: broker, clock, log: silent }).serve(app);
  app.get('/healthz', async () => ({ status: 'ok' }));
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
beforeEach(async () => {
  heard.splice(0);
  await db.operators.put({ ...record, passwordHash: 'x' });
});
afterAll(async () => {
  await app.close();
  await broker.stop();
  await db.close();
});

const guests: { leave(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const guest of guests.splice(0)) await guest.leave();
});

const knock = async (path: string, headers: Record<string, string> = {}) => {
  const page = await RawPage.knock(url, path, headers);
  guests.push(page);
  return page;
};
const gone = (page: { closed: boolean }) =>
  vi.waitFor(() => expect(page.closed).toBe(true), { timeout: 5_000 });
const request = topicOf('operatorRequest', { user: 'somchai', what: 'push' });

describe('bytes in frames', () => {
  const open = async () => {
    const page = await knock('/mqtt');
    await vi.waitFor(() =>
      expect(page.heard.toString()).toMatch(/^HTTP\/1.1 101 .*sec-websocket-protocol: mqtt\r\n/is),
    );
    return page;
  };
  const enter = connectPacket({ user: 'somchai', password: PASSWORD });

  it('may be cut anywhere, and several packets may come in one', async () => {
    const page = await open();
    const all = Buffer.concat([enter, publishPacket(request, 'หนึ่ง'), publishPacket(request, 'สอง')]);
    for (const byte of all.subarray(0, 40)) page.send(frame('binary', Buffer.from([byte])));
    page.send(frame('binary', all.subarray(40)));
    await vi.waitFor(() =>
      expect(heard.map(({ payload }) => Buffer.from(payload).toString())).toEqual(['หนึ่ง', 'สอง']),
    );
  });

  it('that are text end the line', async () => {
    const page = await open();
    page.send(frame('text', Buffer.from('CONNECT')));
    await gone(page);
    // Close frame, code 1003.
    expect(page.heard.subarray(-4)).toEqual(Buffer.from([0x88, 2, 0x03, 0xeb]));
  });

  it('that announce a packet larger than any are not waited for, however small the frames', async () => {
    const page = await open();
    page.send(frame('binary', enter), frame('binary', Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f])));
    for (let at = 0; at < 20; at++) page.send(frame('binary', Buffer.alloc(1_000)));
    await gone(page);
  });

  it('of a frame larger than any packet are not collected', async () => {
    const page = await open();
    page.send(frame('binary', Buffer.alloc(TOPICS.operatorRequest.maxBytes + 10_000)));
    await gone(page);
  });
});

describe('what is no line', () => {
  it.each([
    ['another sub-protocol', '/mqtt', { 'sec-websocket-protocol': 'chat' }, 404],
    ['a handshake at another route', '/healthz', {}, 200],
    ['a handshake nowhere', '/mqtt/x', {}, 404],
  ])('%s is answered as plain HTTP, and closed', async (_what, path, headers, status) => {
    const page = await knock(path, headers);
    await vi.waitFor(() => expect(page.heard.toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `)));
    await gone(page);
  });

  it('a plain request for it finds nothing', async () => {
    expect((await fetch(`${url}/mqtt`)).status).toBe(404);
  });
});

describe('a session', () => {
  const begin = async () => `prakat_session=${(await sessions.begin('somchai', PASSWORD, '')).cookie}`;
  const open = async (cookie: string) => {
    const guest = await Guest.enter(`${url.replace('http', 'ws')}/mqtt`, {
      ...{ username: 'somchai', password: '', clientId: `page-${Math.random()}`.slice(0, 20) },
      wsOptions: { headers: { cookie, origin: url } },
    });
    guests.push(guest);
    return guest;
  };
  const lookAgain = () => clock.advance(PAGE_LINE_LIMITS.lookAgain_s * 1_000);

  it.each<[string, (id: string) => Promise<void>]>([
    ['was ended on another server', (id) => db.sessions.drop(id)],
    ['lost its password beside the server', () => db.operators.put({ ...record, passwordHash: 'y' })],
    [
      'has had its hours',
      () => clock.advance(SESSION_LIMITS.lifeHours * 3_600_000 - PAGE_LINE_LIMITS.lookAgain_s * 1_000),
    ],
  ])('that %s is found out, and its line cut', async (_how, end) => {
    const { cookie, id } = await sessions.begin('somchai', PASSWORD, '');
    const page = await open(`prakat_session=${cookie}`);
    await lookAgain();
    expect(page.closed).toBe(false);
    await end(id);
    await lookAgain();
    await gone(page);
  });

  it('that ends between the handshake and CONNECT lets nobody in', async () => {
    const { cookie, ...session } = await sessions.begin('somchai', PASSWORD, '');
    const page = await knock('/mqtt', { cookie: `prakat_session=${cookie}`, origin: url });
    await vi.waitFor(() => expect(page.heard.toString()).toMatch(/^HTTP\/1.1 101 /));
    await db.sessions.drop(session.id);
    page.send(frame('binary', connectPacket({ user: 'somchai', password: '' })));
    await gone(page);
  });

  it('has so many tabs, and no more', async () => {
    const cookie = await begin();
    for (let tab = 0; tab < PAGE_LINE_LIMITS.ofOneSession; tab++) await open(cookie);
    await expect(open(cookie)).rejects.toThrow();
    await open(await begin());
  });
});
