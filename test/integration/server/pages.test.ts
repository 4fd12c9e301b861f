import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { filterOf, topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { capTimeOf } from '../../../server/alerts/cap-time.ts';
import { FLOOD } from '../../fixtures/cap/fixtures.ts';
import { Guest } from '../broker/mqtt-guest.ts';
import { cutOff, type Handshake, logOff, logOn, openPage, type Person, settle } from './page-visitor.ts';
import { PaperHall } from './paper-hall.ts';
import { ADMIN_PASSWORD, BROKERS, Town } from './town.ts';

/** The flood of Tha Bo in Nong Khai, sent just now. */
const NOW_FLOOD = FLOOD.replaceAll('2026-11-26T14:30:00+07:00', capTimeOf(Date.now())).replaceAll(
  '2026-11-26T20:30:00+07:00',
  capTimeOf(Date.now() + 3_600_000),
);

/** Consoles in browsers, at a server with its own broker and at one beside a Mosquitto. */
describe.each(BROKERS)('a page, where the broker is %s', (kind) => {
  let town: Town;
  let somchai: Person;
  let malee: Person;
  let cookie: string;
  let mae: PaperHall;
  const guests: Guest[] = [];

  beforeAll(async () => {
    town = await Town.found(kind);
    somchai = await settle(town, 'somchai', ['author'], ['43']);
    malee = await settle(town, 'malee', ['author'], ['10']);
    cookie = await logOn(town, somchai);
    mae = await town.hall('hall-mae', '43010101');
  });
  afterEach(async () => {
    await Promise.all(guests.splice(0).map((guest) => guest.leave()));
  });
  afterAll(() => town.close());

  const page = async (handshake: Handshake = { cookie, username: 'somchai', password: '' }) => {
    const guest = await openPage(town, handshake);
    guests.push(guest);
    return guest;
  };
  const pageOf = async (person: Person) =>
    page({ cookie: await logOn(town, person), username: person.user, password: '' });
  const onTcp = async ({ user, password }: Person) => {
    const credentials = { username: user, password, clientId: 'by-hand' };
    // Mosquitto learns a new password a moment later.
    const guest = await vi.waitFor(() => Guest.enter(town.server.brokerUrl, credentials), {
      timeout: 12_000,
    });
    guests.push(guest);
    return guest;
  };
  const responses = (user: string) => filterOf('operatorResponse', { user });
  const ask = (guest: Guest, user: string, what: string, request: object) =>
    guest.publish(topicOf('operatorRequest', { user, what }), JSON.stringify(request));
  /** Resolves when the server has answered `guest`: what has not come by then does not come. */
  const answered = async (guest: Guest, user: string) => {
    await guest.subscribe(responses(user));
    const transaction = `${Math.random()}`;
    await ask(guest, user, 'keys', { transaction });
    await vi.waitFor(() => expect(guest.texts().join()).toContain(transaction));
  };

  it('asks and is answered, on the topics and with the words of any MQTT client', async () => {
    const guest = await page();
    await guest.subscribe(responses('somchai'));
    await ask(guest, 'somchai', 'devices', { transaction: 7 });
    await vi.waitFor(() => expect(guest.heard).toHaveLength(1));
    expect(guest.heard[0]?.topic).toBe('prakat/v1/operator/somchai/response/devices');
    expect(JSON.parse(guest.heard[0]?.text ?? '')).toMatchObject({
      status: 'ok',
      data: { devices: [{ device: 'hall-mae' }] },
      transaction: 7,
    });
  });

  it('and a program of the same person both hear what he is told', async () => {
    const [inBrowser, byHand] = [await page(), await onTcp(somchai)];
    for (const guest of [inBrowser, byHand]) await guest.subscribe(responses('somchai'));
    await ask(byHand, 'somchai', 'devices', { transaction: 'from tcp' });
    await ask(inBrowser, 'somchai', 'devices', { transaction: 'from page' });
    for (const guest of [inBrowser, byHand])
      await vi.waitFor(() => {
        const told = guest.texts().map((text) => JSON.parse(text).transaction);
        expect(told.sort()).toEqual(['from page', 'from tcp']);
      });
  });

  it('of a person without a session opens with name and password, as a program does', async () => {
    await answered(await page({ username: 'somchai', password: somchai.password, origin: '' }), 'somchai');
  });

  describe('is refused', () => {
    const own = { username: 'somchai', password: '' };
    it.each<[string, () => Handshake]>([
      ['without cookie and password', () => own],
      ['without a name', () => ({ cookie })],
      ['under the name of another', () => ({ cookie, username: 'malee', password: '' })],
      [
        'under the name of another, whose password it knows',
        () => ({ cookie, username: 'malee', password: malee.password }),
      ],
      ['with a cookie that was made up', () => ({ ...own, cookie: `prakat_session=${'A'.repeat(43)}` })],
      ['from the page of another site', () => ({ ...own, cookie, origin: 'https://elsewhere.example' })],
      ['from the page of another port', () => ({ ...own, cookie, origin: 'http://127.0.0.1:1' })],
      ['from a page without an origin', () => ({ ...own, cookie, origin: 'null' })],
      ['with a cookie and no word of a page', () => ({ ...own, cookie, origin: '' })],
      [
        'from another site, which knows the password',
        () => ({ username: 'somchai', password: somchai.password, origin: 'https://elsewhere.example' }),
      ],
      ['with a wrong password', () => ({ username: 'somchai', password: 'ผิด', origin: '' })],
    ])('%s', async (_how, handshake) => {
      await expect(openPage(town, handshake())).rejects.toThrow();
    });

    it('to a box: halls come by their own port', async () => {
      const { code } = await town.ask('enrol', { device: 'hall-web', village: '43010102', name: 'หอ' });
      const { password } = (await PaperHall.enrol(town.server.httpUrl, code)).answer;
      const box = { username: 'hall-web', password, origin: '' };
      await expect(openPage(town, box, { clientId: 'hall-web' })).rejects.toThrow();
    });
  });

  it.each([
    '#',
    '+/v1/#',
    'prakat/#',
    'prakat/v1/operator/+/response/+',
    'prakat/v1/operator/malee/response/+',
    'prakat/v1/operator/malee/event/+',
    'prakat/v1/operator/somchai/#',
    'prakat/v1/43/device/+/state',
    'prakat/v1/43/device/hall-mae/order',
    'prakat/v1/43/area/43/order',
    '$SYS/#',
    '$share/thieves/prakat/v1/operator/malee/response/+',
  ])('that subscribes to %s hears nothing that is not its own', async (filter) => {
    const first = await page();
    await first.subscribe(filter);
    // A broker may cut off who asks so; then it comes again.
    const spy = first.closed ? await page() : first;
    const other = await pageOf(malee);
    await answered(other, 'malee');
    await town.ask('push', { to: ['device/hall-mae'], text: 'ทดสอบ', kind: 'test', expires_in_s: 30 });
    await answered(spy, 'somchai');
    for (const { topic } of spy.heard) expect(topic).toMatch(/^prakat\/v1\/operator\/somchai\/response\//);
  });

  it.each([
    ['an order', topicOf('deviceOrder', { zone: '43', device: 'hall-mae' })],
    ['an order for an area', topicOf('areaOrder', { zone: '43', area: '43010101' })],
    ['a birth', topicOf('presence', { zone: '43', device: 'hall-mae' })],
    ['a request in the name of another', topicOf('operatorRequest', { user: 'malee', what: 'keys' })],
    ['an answer', topicOf('operatorResponse', { user: 'malee', what: 'keys' })],
    ['an event', topicOf('operatorEvent', { user: 'malee', what: 'approvals' })],
    ['a system topic', '$SYS/broker/uptime'],
    ['a topic of nobody', 'hello'],
  ])('sends %s in vain', async (_what, topic) => {
    const other = await pageOf(malee);
    await other.subscribe(responses('malee'), filterOf('operatorEvent', { user: 'malee' }));
    const forger = await page();
    await forger.publish(topic, '{"transaction":"forged"}');
    await answered(other, 'malee');
    expect(other.texts().join()).not.toContain('forged');
    expect((await town.row('hall-mae'))?.presence?.state).toBe('online');
  });

  it('that floods with packets larger than any of ours is cut off, and nobody else', async () => {
    const [bystander, flood] = [await pageOf(malee), await page()];
    await flood.publish(
      topicOf('operatorRequest', { user: 'somchai', what: 'push' }),
      'x'.repeat(2 * 1024 * 1024),
    );
    await cutOff(flood);
    await answered(bystander, 'malee');
  });

  describe('is told without asking', () => {
    const events = (guest: Guest, what: string) =>
      guest.heard.filter(({ topic }) => topic.endsWith(`/event/${what}`)).map(({ text }) => JSON.parse(text));
    const listening = async (person: Person) => {
      const guest = await pageOf(person);
      await guest.subscribe(filterOf('operatorEvent', { user: person.user }));
      return guest;
    };

    it('which halls of its areas changed, and nothing of those of others', async () => {
      const [near, far] = [await listening(somchai), await listening(malee)];
      const bangkok = await town.hall('hall-krung', '10010101');
      const within = { timeout: 5_000 };
      await vi.waitFor(() => expect(far.texts().join()).toContain('hall-krung'), within);
      await mae.guest?.publish(topicOf('presence', mae.topic), '{"state":"offline","boot":1}');
      await vi.waitFor(() => expect(near.texts().join()).toContain('offline'), within);
      const halls = (guest: Guest) => events(guest, 'fleet').flatMap((event) => event.halls);
      expect(halls(near)).toContainEqual(
        expect.objectContaining({ device: 'hall-mae', presence: 'offline' }),
      );
      expect(new Set(halls(near).map(({ device }) => device))).toEqual(new Set(['hall-mae']));
      expect(new Set(halls(far).map(({ device }) => device))).toEqual(new Set(['hall-krung']));
      await mae.guest?.publish(topicOf('presence', mae.topic), '{"state":"online","boot":1}');
      await bangkok.guest?.leave();
    });

    it('how an order fares at halls of its areas, and nothing of one that is for others', async () => {
      const [near, far] = [await listening(somchai), await listening(malee)];
      const push = { to: ['device/hall-mae'], text: 'ทดสอบ', kind: 'test' as const, expires_in_s: 60 };
      const { order } = await town.ask('push', push);
      // Those before it fare on too.
      const told = () => events(near, 'order').filter((event) => event.order === order);
      await vi.waitFor(() => expect(told()).toMatchObject([{ fates: { sent: 1 }, open: 1 }]), {
        timeout: 5_000,
      });
      mae.did({ type: 'accepted', play: order, kind: 'test', outputs: ['tower'] });
      await mae.report();
      await vi.waitFor(() => expect(told().at(-1)?.fates).toEqual({ accepted: 1 }), { timeout: 5_000 });
      await answered(far, 'malee');
      expect(events(far, 'order')).toEqual([]);
    });

    it('that a warning of an agency came for its areas', async () => {
      const [near, far] = [await listening(somchai), await listening(malee)];
      const headers = {
        authorization: `Basic ${Buffer.from(`admin:${ADMIN_PASSWORD}`).toString('base64')}`,
        'content-type': 'application/cap+xml',
      };
      await fetch(`${town.server.httpUrl}/alerts`, { method: 'POST', headers, body: NOW_FLOOD });
      await vi.waitFor(() => expect(events(near, 'alerts')).toMatchObject([{ state: 'waiting' }]));
      await answered(far, 'malee');
      expect(events(far, 'alerts')).toEqual([]);
    });
  });

  it('is cut off by the log-off of its session, and those of other sessions are not', async () => {
    const elsewhere = await pageOf(somchai);
    const leaving = await logOn(town, somchai);
    const tabs = [
      await page({ cookie: leaving, username: 'somchai', password: '' }),
      await page({ cookie: leaving, username: 'somchai', password: '' }),
    ];
    await logOff(town, leaving);
    for (const tab of tabs) await cutOff(tab);
    await answered(elsewhere, 'somchai');
    await expect(page({ cookie: leaving, username: 'somchai', password: '' })).rejects.toThrow();
  });

  it.each(['code', 'close'] as const)('is cut off when the account gets a "%s"', async (change) => {
    const person = await settle(town, `kaew-${change}`, ['viewer'], ['43']);
    const own = await logOn(town, person);
    const open = await page({ cookie: own, username: person.user, password: '' });
    await town.ask('people', { change, user: person.user });
    await cutOff(open);
    await expect(page({ cookie: own, username: person.user, password: '' })).rejects.toThrow();
  });

  it.runIf(kind === 'external')('goes on while Mosquitto is away', async () => {
    const guest = await page();
    await town.mosquitto?.kill();
    await answered(guest, 'somchai');
    await town.mosquitto?.start();
    await town.logOn();
  });

  it('is cut off when the server stops, and the stop does not wait for it', async () => {
    const frozen = await page();
    // It reads nothing more, not even that the line is closed.
    frozen.client.stream.pause();
    const before = performance.now();
    await town.restartServer();
    expect(performance.now() - before).toBeLessThan(10_000);
    await town.logOn();
    await answered(await page(), 'somchai');
  });
});
