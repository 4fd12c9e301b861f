import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Failure } from '../../../firmware-protocol/mqtt/answer.ts';
import { plainRequest } from './plain-request.ts';
import { basic, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** What comes back for these bytes, until the server ends the connection. */
function send(bytes: string): Promise<string> {
  const { hostname, port } = new URL(world.url);
  const socket = connect(Number(port), hostname, () => socket.write(bytes));
  return text(socket);
}

it.each([
  ['a word that is no request', 'สวัสดี\r\n\r\n', 400, 'http-broken'],
  ['a method that there is not', 'PLAY / HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'http-broken'],
  ['a TLS greeting', '\x16\x03\x01\x02\x00\x01', 400, 'http-broken'],
  [
    'a head of 100 KB',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`,
    431,
    'http-head-too-large',
  ],
])('%s is answered in Thai and English', async (_what, bytes, status, code) => {
  const [head = '', body = ''] = (await send(bytes)).split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  const failure = Failure.parse(JSON.parse(body));
  expect(failure).toMatchObject({ code, th: expect.stringMatching(/[ก-๙]/) });
  expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
});

it.each(['/media/%zz', '/%', '/ical/%E0%B8', '/console/%E0%A4%A'])('so is the address %s', async (path) => {
  const { status, text: body } = await plainRequest(world.url, path, { headers: basic('somchai') });
  expect([status, JSON.parse(body).code]).toEqual([400, 'address-broken']);
  expect(JSON.parse(body).th).toMatch(/[ก-๙]/);
});

it('an address that is too long leads nowhere, and is no fault of the server', async () => {
  const { status } = await plainRequest(world.url, `/media/${'a'.repeat(300)}`, {
    headers: basic('somchai'),
  });
  expect([status, world.logged]).toEqual([404, []]);
});
