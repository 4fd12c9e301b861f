import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { OperatorClient } from '../../../scripts/operator/client.ts';

const ORDER = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
/** Packet types of MQTT 3.1.1, the upper half of the first byte (2.2.1). */
const [CONNECT, PUBLISH, SUBSCRIBE] = [1, 3, 8];

let broker: Server;
let http: HttpServer;
let asked: { url: string | undefined; authorization: string | undefined }[];

/** A broker that lets anybody in and dies of the first request; and a server that still answers over HTTP. */
beforeEach(async () => {
  asked = [];
  broker = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (packet) => {
      const type = (packet[0] ?? 0) >> 4;
      if (type === CONNECT) socket.write(Uint8Array.of(0x20, 2, 0, 0));
      if (type === SUBSCRIBE) socket.write(Uint8Array.of(0x90, 3, packet[2] ?? 0, packet[3] ?? 0, 1));
      if (type === PUBLISH) socket.destroy();
    });
  });
  http = createHttpServer((request, response) => {
    asked.push({ url: request.url, authorization: request.headers.authorization });
    const data = {
      order: ORDER,
      title: 'ก',
      expires_at: '2026-11-13T18:00:00.000+07:00',
      fates: {},
      open: 0,
      deliveries: [],
    };
    response.end(JSON.stringify({ status: 'ok', data }));
  });
  for (const server of [broker, http])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  broker.close();
  http.close();
});

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const connect = () =>
  OperatorClient.connect({
    server: `http://127.0.0.1:${portOf(http)}`,
    broker: `mqtt://127.0.0.1:${portOf(broker)}`,
    user: 'somchai',
    password: 'ลับมาก',
  });

it('a push that may have arrived is not made again', async () => {
  const operator = await connect();
  await expect(operator.ask('push', { to: ['43'], text: 'ก' })).rejects.toMatchObject({
    code: 'connection-lost',
  });
  await expect(operator.ask('push', { to: ['43'], text: 'ก' })).rejects.toMatchObject({
    code: 'connection-lost',
  });
  expect(asked).toEqual([]);
  await operator.close();
});

it('a question that changes nothing is asked over HTTP, as the same person', async () => {
  const operator = await connect();
  expect(await operator.ask('order', { order: ORDER })).toMatchObject({ order: ORDER });
  expect(await operator.ask('order', { order: ORDER })).toMatchObject({ order: ORDER });
  const authorization = `Basic ${Buffer.from('somchai:ลับมาก').toString('base64')}`;
  expect(asked).toEqual(Array.from({ length: 2 }, () => ({ url: '/api/request/order', authorization })));
  await operator.close();
});

it('who asks while the connection is being closed is told so, and nothing else breaks', async () => {
  const strays: unknown[] = [];
  const note = (error: unknown) => strays.push(error);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  const operator = await connect();
  const closed = operator.close();
  const push = { to: ['43'], text: 'ก' };
  await expect(operator.ask('push', push)).rejects.toMatchObject({ code: 'connection-lost' });
  await closed;
  await expect(operator.ask('push', push)).rejects.toMatchObject({ code: 'connection-lost' });
  await new Promise((resolve) => setImmediate(resolve));
  expect(strays).toEqual([]);
});
