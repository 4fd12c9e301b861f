import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openLocalDoorWhenever } from '../../../device/drivers/local/local-door.ts';
import { LOCAL_HTTP_LIMITS, type LocalDoor } from '../../../device/drivers/local/local-http.ts';
import type { Clock } from '../../../device/ports.ts';
import { SeededRandom } from '../../../scripts/virtual-world/seeded-random.ts';

const silent = { info: () => {}, warn: vi.fn(), error: () => {} };

/** `tick` is the end of whatever is waited for. */
function handClock() {
  let waiting = () => {};
  const after = (_ms: number, call: () => void) => {
    waiting = call;
    return () => {};
  };
  return { after, tick: () => waiting() };
}

async function opened(
  door: LocalDoor,
  clock: Pick<Clock, 'after'> = handClock(),
  limits: Partial<typeof LOCAL_HTTP_LIMITS> = {},
) {
  const answer = async () => ({ status: 200, headers: {}, body: 'สวัสดี' });
  const open = await openLocalDoorWhenever(door, answer, {
    ...{ clock, log: silent, limits: { ...LOCAL_HTTP_LIMITS, ...limits } },
  });
  onTestFinished(() => open.close());
  return open;
}

/** What comes back for these bytes, until the other end closes. */
function said(port: number, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket
      .on('error', () => {})
      .on('data', (chunk) => {
        text += chunk.toString('latin1');
      });
    socket.once('close', () => resolve(text));
    socket.end(bytes);
  });
}

const GOOD = Buffer.from('GET /x HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');

test('a port that is held is opened when it is free; it is told once', async () => {
  const holder: Server = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const address = holder.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const clock = handClock();
  silent.warn.mockClear();
  const open = await opened({ address: '127.0.0.1', port }, clock);
  expect(open.port).toBeUndefined();
  clock.tick();
  await new Promise((resolve) => holder.close(resolve));
  await vi.waitFor(() => {
    clock.tick();
    expect(open.port).toBe(port);
  });
  expect(await said(port, GOOD)).toContain('200 OK');
  expect(silent.warn).toHaveBeenCalledTimes(1);
});

test('noise, half requests and too much of a head end their own connection and nothing else', async () => {
  const { port = 0 } = await opened({ address: '127.0.0.1', port: 0 });
  for (const seed of Array.from({ length: 40 }, (_, index) => index + 1))
    expect(await said(port, new SeededRandom(seed).bytes(400)), `seed ${seed}`).not.toContain('200 OK');
  const head = `GET / HTTP/1.1\r\nx: ${'a'.repeat(LOCAL_HTTP_LIMITS.headerBytes)}\r\n\r\n`;
  expect(await said(port, Buffer.from(head))).not.toContain('200 OK');
  expect(await said(port, Buffer.from('POST / HTTP/1.1\r\ncontent-length: 99\r\n\r\nhalf'))).not.toContain(
    '200 OK',
  );
  expect(await said(port, GOOD)).toContain('200 OK');
});

test('who asks without end, or says nothing, loses the place to the next', async () => {
  const limits = { connections: 2, turn_ms: 300 };
  const { port = 0 } = await opened({ address: '127.0.0.1', port: 0 }, undefined, limits);
  const [slow, silentOne] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  const gone = [slow, silentOne].map(
    (socket) =>
      new Promise((resolve) =>
        socket
          .on('error', () => {})
          .once('close', resolve)
          .resume(),
      ),
  );
  slow.write('GET / HTTP/1.1\r\nx: ');
  const drip = setInterval(() => slow.write('y'), 20);
  await Promise.all(gone);
  clearInterval(drip);
  expect(await said(port, GOOD)).toContain('200 OK');
});

test('it closes with somebody inside', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-door-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const socket = join(folder, 'control.sock');
  const open = await opened({ socket });
  const visitor = connect(socket);
  await vi.waitFor(() => expect(visitor.connecting).toBe(false));
  const gone = new Promise((resolve) => visitor.once('close', resolve));
  visitor.on('error', () => {}).write('POST /st');
  await open.close();
  await gone;
});
