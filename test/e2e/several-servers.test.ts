import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { answerOf } from '../../firmware-protocol/mqtt/answer.ts';
import { PushAnswer } from '../../firmware-protocol/mqtt/requests.ts';
import { ScreenAnswer } from '../../firmware-protocol/mqtt/sign-requests.ts';
import type { Screen } from '../../firmware-protocol/mqtt/sign-screen.ts';
import { filterOf, topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { PostgresCluster } from '../../scripts/bench/ingest/postgres-cluster.ts';
import { freePort, MosquittoProcess } from '../integration/broker/mosquitto-process.ts';
import { Guest } from '../integration/broker/mqtt-guest.ts';
import { TappedLine } from '../integration/broker/tapped-line.ts';
import { answersScreens } from '../integration/server/answering-hall.ts';
import { PaperHall } from '../integration/server/paper-hall.ts';
import { ServerProcess } from './server-process.ts';

const PASSWORD = 'หอกระจายข่าวดังทั้งหมู่บ้าน';
const SCREEN: Screen = {
  face: { width: 128, height: 64, depth: 'rgb565', marquee: false },
  ...{ known: 'confirmed', since: '2026-11-13T09:00:00.000+07:00', crc: '00c0ffee', of: { type: 'idle' } },
  ...{ picture: 'a', png: 'iVBORw0KGgo=', unknown: [] },
};
const AnswerWithOrder = answerOf(PushAnswer);
const AnswerWithScreen = answerOf(ScreenAnswer);
const WITHIN = { timeout: 40_000, interval: 200 };

/** F45: two dispatchers. */
describe.skipIf(!PostgresCluster.canRun)('two servers on one database and one broker', () => {
  let folder: string;
  let cluster: PostgresCluster;
  let mosquitto: MosquittoProcess;
  let postgres: object;
  let brokerPort: number;
  let lineOfA: TappedLine;
  let a: ServerProcess;
  let b: ServerProcess;
  let hall: PaperHall;
  let admin: Guest;
  let asked = 0;

  const start = async (name: string, port = brokerPort): Promise<ServerProcess> => {
    const http = await freePort();
    const config = {
      data: 'data',
      database: { postgres },
      servers: { name, of: ['a', 'b'] },
      approvals: { alone: ['th'], step_up: false, quiet: [] },
      broker: {
        kind: 'external',
        url: `mqtt://127.0.0.1:${port}`,
        folder: 'mosquitto',
        listen: { host: '127.0.0.1', port: brokerPort },
      },
      http: { host: '127.0.0.1', port: http },
    };
    const file = join(folder, `${name}.json`);
    await writeFile(file, JSON.stringify(config));
    const server = new ServerProcess(file, http);
    await vi.waitFor(() => expect(server.log).toContain('the server is up'), WITHIN);
    return server;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prakat-servers-'));
    cluster = await PostgresCluster.found();
    postgres = cluster.database();
    brokerPort = await freePort();
    lineOfA = new TappedLine(brokerPort);
    a = await start('a', await lineOfA.start());
    mosquitto = new MosquittoProcess(join(folder, 'mosquitto'));
    await mosquitto.start();
    b = await start('b');
    // Each start makes a new code until somebody has used one.
    await a.choosePassword(PASSWORD, b);
    const credentials = { username: 'admin', password: PASSWORD, clientId: 'admin' };
    admin = await vi.waitFor(() => Guest.enter(`mqtt://127.0.0.1:${brokerPort}`, credentials), WITHIN);
    await admin.subscribe(filterOf('operatorResponse', { user: 'admin' }));
    const { data } = await ask('enrol', { device: 'hall-mae', village: '43010101', name: 'หอแม่' });
    hall = await PaperHall.enrol(`http://127.0.0.1:${a.http}`, data.code);
    await vi.waitFor(() => hall.connect(), WITHIN);
  }, 90_000);

  afterAll(async () => {
    await hall.guest?.leave();
    await admin.leave();
    await Promise.all([a, b].map((server) => server.end()));
    await lineOfA.stop();
    await mosquitto.kill();
    await cluster.close();
    await rm(folder, { recursive: true, force: true });
  }, 30_000);

  const answersTo = (transaction: number) =>
    admin.heard.map(({ text }) => JSON.parse(text)).filter((each) => each.transaction === transaction);

  /** Again when a server that is stopped had it: nobody answers for him. */
  const ask = async (what: string, request: object) => {
    await vi.waitFor(async () => {
      const transaction = ++asked;
      await admin.publish(
        topicOf('operatorRequest', { user: 'admin', what }),
        JSON.stringify({ ...request, transaction }),
      );
      await vi.waitFor(() => expect(answersTo(transaction)).toHaveLength(1), { timeout: 3_000 });
    }, WITHIN);
    return answersTo(asked)[0];
  };

  it('share the requests: each is answered once', async () => {
    const first = asked + 1;
    for (let n = 0; n < 10; n++) await ask('devices', {});
    const answers = Array.from({ length: asked - first + 1 }, (_, n) => answersTo(first + n).length);
    expect(answers.every((count) => count <= 1)).toBe(true);
  }, 60_000);

  it('the answer of a hall finds the server that asked', async () => {
    await vi.waitFor(async () => {
      const { data } = await ask('devices', {});
      expect(data.devices[0]?.presence?.state).toBe('online');
    }, WITHIN);
    await answersScreens(hall, SCREEN);
    const screenBy = async (server: ServerProcess) =>
      AnswerWithScreen.parse(await answerAt(server, 'screen', { device: 'hall-mae' }));
    const told = new Map<ServerProcess, string>();
    // Shared among them, answers would go to a and b by turns; the stray one moves the turns on.
    for (const stray of [false, true]) {
      const topic = topicOf('deviceResponse', { ...hall.topic, what: 'screen' });
      if (stray) await hall.guest?.publish(topic, '{"status":"ok","data":{}}');
      for (const server of [a, b]) {
        const answer = await vi.waitFor(async () => {
          const now = await screenBy(server);
          if (now.status === 'ok') expect(now.data.heard_at).not.toBe(told.get(server));
          return now;
        }, WITHIN);
        expect(answer).toMatchObject({ status: 'ok', data: { screen: { picture: SCREEN.picture } } });
        if (answer.status === 'ok') told.set(server, answer.data.heard_at);
      }
    }
  }, 60_000);

  it('one sends; stopped, the other takes over; awake again, the first sends nothing', async () => {
    await vi.waitFor(() => expect(a.log).toContain('"term":1'), WITHIN);
    await vi.waitFor(async () => {
      const { data } = await ask('devices', {});
      expect(data.devices[0]?.presence?.state).toBe('online');
    }, WITHIN);
    // Its order is on the wire and unacknowledged when the first is stopped, and its line is cut while it sleeps.
    lineOfA.mute();
    const push = { to: ['43010101'], text: 'น้ำท่วมฉับพลัน' };
    const pushed = AnswerWithOrder.parse(await answerAt(b, 'push', push));
    if (pushed.status !== 'ok') throw new Error(JSON.stringify(pushed));
    const { order } = pushed.data;
    await vi.waitFor(() => expect(copies(order)).toBe(1), WITHIN);
    a.signal('SIGSTOP');
    const sentByA = ordersOf(lineOfA);
    const calls = lineOfA.calls;
    lineOfA.cut();
    await vi.waitFor(() => expect(b.log).toContain('"term":2'), WITHIN);
    // The hall does not answer: it is sent to again and again, by whoever has the right.
    await vi.waitFor(() => expect(copies(order)).toBeGreaterThan(1), WITHIN);
    a.signal('SIGCONT');
    await vi.waitFor(() => expect(a.log).toContain('this server sends no orders now'), WITHIN);
    await vi.waitFor(() => expect(lineOfA.calls).toBeGreaterThan(calls), WITHIN);

    const atWake = copies(order);
    await vi.waitFor(() => expect(copies(order)).toBeGreaterThan(atWake), WITHIN);
    expect(b.log).not.toContain('"term":3');
    expect(ordersOf(lineOfA)).toEqual(sentByA);
    // Counted is what the broker acknowledged: all copies but the one that the first never had an answer for.
    await vi.waitFor(async () => {
      const heard = copies(order);
      const progress = await ask('order', { order });
      expect([heard, copies(order)]).toEqual(Array(2).fill(progress.data.deliveries[0].sends + 1));
    }, WITHIN);
  }, 120_000);

  /** At its own door: a request by the broker may be given to the other. */
  const answerAt = (server: ServerProcess, what: string, request: object) =>
    server.answer(PASSWORD, what, request);

  const ordersOf = ({ published }: TappedLine) => published.filter((topic) => topic.endsWith('/order'));

  const copies = (order: string) => hall.orderIds().filter((id) => id === order).length;
});
