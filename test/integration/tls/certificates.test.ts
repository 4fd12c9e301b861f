import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttps } from 'node:https';
import { connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { httpMediaSource } from '../../../device/drivers/http-media-source.ts';
import { MqttBus } from '../../../device/drivers/mqtt-bus.ts';
import type { BusSession } from '../../../device/ports.ts';
import { startMosquitto } from '../bus/mosquitto.ts';
import { Authority, type Certificate } from './authority.ts';

/** F23: a server whose certificate is not right is refused, the reason is told, and when it is mended the hall is back. */
const folder = mkdtempSync(join(tmpdir(), 'prakat-tls-'));
const ours = new Authority(folder, 'province');
const others = new Authority(folder, 'somebody');
const DAY_MS = 24 * 3_600_000;
let broker: Awaited<ReturnType<typeof startMosquitto>>;

beforeAll(async () => {
  broker = await startMosquitto();
});
afterAll(async () => {
  await broker.stop();
  rmSync(folder, { recursive: true });
});

const WRONG: [what: string, certificate: () => Certificate, says: RegExp][] = [
  ['expired', () => ours.issue({ from: daysFromNow(-9), until: daysFromNow(-1) }), /expired/],
  [
    'not valid yet, or our clock is wrong',
    () => ours.issue({ from: daysFromNow(2), until: daysFromNow(9) }),
    /not yet valid/,
  ],
  ['for another host', () => ours.issue({ host: 'broker.example.go.th' }), /does not match|altnames/i],
  ['of an authority that we do not know', () => others.issue(), /self-signed|unable to|issuer/i],
];

describe('a broker whose certificate is', () => {
  test.each(WRONG)('%s', async (_what, certificate, says) => {
    const front = await tlsBefore(broker.port, certificate());
    const bus = busTo(front.port);
    await expect(bus.connect(session())).rejects.toMatchObject({
      code: 'bus-unreachable',
      context: { why: expect.stringMatching(says) },
    });
    // The office mends it: the same bus is let in.
    front.present(ours.issue());
    await bus.connect(session());
    await bus.disconnect();
    await front.stop();
  });
});

describe('a media server whose certificate is', () => {
  test.each(WRONG)('%s', async (_what, certificate, says) => {
    const asked = vi.fn();
    const server = createHttps(pemsOf(certificate()), asked);
    const port = await listening(server);
    const source = httpMediaSource({
      base: `https://127.0.0.1:${port}`,
      user: 'hall-1',
      password: 'x',
      ca: ours.ca,
    });
    const fetching = async () => {
      for await (const _chunk of source.fetch('0'.repeat(64), 0, new AbortController().signal));
    };
    const refusal: unknown = await fetching().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'media-unreachable' });
    expect(String(refusal instanceof Error ? refusal.cause : '')).toMatch(says);
    // The password went to nobody.
    expect(asked).not.toHaveBeenCalled();
    await new Promise((resolve) => server.close(resolve));
  });
});

function busTo(port: number): MqttBus {
  return new MqttBus({
    url: `mqtts://127.0.0.1:${port}`,
    device: 'hall-1',
    password: broker.passwords['hall-1'] ?? '',
    ca: ours.ca,
  });
}

function session(): BusSession {
  const will = {
    topic: 'prakat/v1/43/device/hall-1/presence',
    payload: Buffer.from('offline'),
    qos: 1,
    retained: true,
  } as const;
  return { will, onMessage: () => {}, onClosed: () => {} };
}

/** TLS in front of a broker, as a provider's load balancer does it. */
async function tlsBefore(to: number, certificate: Certificate) {
  const server = createServer(pemsOf(certificate), (near) => {
    const far = connect(to, '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const socket of [near, far])
      socket.on('error', () => {
        near.destroy();
        far.destroy();
      });
  });
  server.on('tlsClientError', () => {});
  return {
    port: await listening(server),
    present: (next: Certificate) => server.setSecureContext(pemsOf(next)),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

function pemsOf({ key, cert }: Certificate) {
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * DAY_MS);
}
