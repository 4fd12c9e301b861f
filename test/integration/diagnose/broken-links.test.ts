import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { connect, createServer as createTcp, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTls } from 'node:tls';
import { Aedes } from 'aedes';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { MqttBus } from '../../../device/drivers/mqtt-bus.ts';
import type { BusMessage } from '../../../device/ports.ts';
import { openPort } from '../../../scripts/technician/diagnose/looks/port-look.ts';
import { lookAtPortal } from '../../../scripts/technician/diagnose/looks/portal-look.ts';
import { walkLink } from '../../../scripts/technician/diagnose/walks/link-walk.ts';
import { freePort } from '../bus/bench.ts';
import { type RunningMosquitto, startMosquitto } from '../bus/mosquitto.ts';
import { Authority, type Certificate } from '../tls/authority.ts';
import { all, identityWith, told, unexplained, visitWith } from './visiting.ts';

/** Each step of the line broken in turn: the step says so, the ones behind it are skipped, and every fault says what to do. */
const folder = mkdtempSync(join(tmpdir(), 'prakat-diagnose-'));
const ours = new Authority(folder, 'province');
const others = new Authority(folder, 'somebody');
const ca = join(ours.folder, 'ca.pem');
const DAY_MS = 24 * 3_600_000;
let broker: RunningMosquitto;

beforeAll(async () => {
  broker = await startMosquitto();
});
afterAll(async () => {
  await broker.stop();
  rmSync(folder, { recursive: true });
});

async function walked(url: string, { password = 'one-password', media = 'http://127.0.0.1:1/media' } = {}) {
  const identity = identityWith(url, { password, media });
  const findings = await all(walkLink(visitWith(identity, { ca })));
  expect(unexplained(findings)).toEqual([]);
  // What network the machine of this test hangs on is no matter here.
  return findings.filter(({ step }) => step !== 'signal');
}

/** Of one step: result, figure and cause as one text. */
async function saidOf(step: string, url: string, more?: Parameters<typeof walked>[1]): Promise<string> {
  const finding = (await walked(url, more)).find((each) => each.step === step);
  return [finding?.result, finding?.figure?.en, finding?.cause?.en].filter(Boolean).join('; ');
}

describe('the way there', () => {
  test('a name that does not exist', async () => {
    const findings = await walked('mqtt://broker.no-such-province.invalid:1883');
    // Whether a network leads out decides what is mended: the cable, or the name service.
    expect(told(findings)).toEqual([
      'name fail',
      expect.stringMatching(/^route (ok|fail)$/),
      ...['port', 'tls', 'logon', 'subscribe', 'round-trip', 'files'].map((step) => `${step} skipped`),
    ]);
  }, 20_000);

  test('a port where nobody listens', async () => {
    const findings = await walked(`mqtt://127.0.0.1:${await freePort()}`);
    expect(told(findings).slice(0, 5)).toEqual([
      'name ok',
      'route ok',
      'port fail',
      'tls skipped',
      'logon skipped',
    ]);
    expect(findings[2]?.figure?.en).toContain('ECONNREFUSED');
  });
});

test('of several addresses the one that answers is taken, and the others are told', async () => {
  const server = createTcp((socket) => socket.on('error', () => {}));
  const port = await listening(server);
  const { finding, socket, address } = await openPort(['::1', '127.0.0.1'], port);
  socket?.destroy();
  expect(address).toBe('127.0.0.1');
  expect(finding).toMatchObject({
    result: 'ok',
    figure: { en: expect.stringMatching(/127\.0\.0\.1.*\(::1/) },
  });
});

describe('the certificate (F23)', () => {
  const wrong: [what: string, certificate: () => Certificate, says: RegExp][] = [
    ['expired', () => ours.issue({ from: days(-9), until: days(-1) }), /expired/],
    [
      'not valid yet, or the clock is behind',
      () => ours.issue({ from: days(2), until: days(9) }),
      /clock .* behind/,
    ],
    [
      'of another host',
      () => ours.issue({ host: 'broker.example.go.th' }),
      /broker\.example\.go\.th.*another computer/,
    ],
    ['of an authority that the hall does not know', () => others.issue(), /somebody.*does not know/],
  ];

  test.each(wrong)('%s', async (_what, certificate, says) => {
    const port = await tlsBefore(certificate());
    const findings = await walked(`mqtts://127.0.0.1:${port}`);
    expect(told(findings).slice(2, 5)).toEqual(['port ok', 'tls fail', 'logon skipped']);
    const tls = findings.find(({ step }) => step === 'tls');
    expect(`${tls?.figure?.en}; ${tls?.cause?.en}`).toMatch(says);
  });

  test('good, and about to end', async () => {
    const port = await tlsBefore(ours.issue({ until: days(60) }));
    expect(await saidOf('tls', `mqtts://127.0.0.1:${port}`)).toMatch(/^ok; TLSv1\.[23]/);
    const soon = await tlsBefore(ours.issue({ until: days(5) }));
    expect(await saidOf('tls', `mqtts://127.0.0.1:${soon}`)).toMatch(/^warn.*ends in 4 days/);
  }, 60_000);

  test('there is none: a plain broker where TLS is expected', async () => {
    expect(await saidOf('tls', `mqtts://127.0.0.1:${broker.port}`)).toMatch(/^fail/);
  });
});

describe('the broker', () => {
  test('refuses the password', async () => {
    const findings = await walked(`mqtt://127.0.0.1:${broker.port}`, { password: 'another' });
    expect(told(findings).slice(3, 7)).toEqual([
      'tls ok',
      'logon fail',
      'subscribe skipped',
      'round-trip skipped',
    ]);
    expect(findings[4]?.figure?.en).toMatch(/not authorized|bad user name/);
  });

  test('is a web server', async () => {
    const port = await listening(createHttp((_request, response) => response.end('<html>')));
    expect(await saidOf('logon', `mqtt://127.0.0.1:${port}`)).toMatch(/^fail; .*does not speak MQTT/);
  });

  test('says nothing at all', async () => {
    const port = await listening(createTcp((socket) => socket.on('error', () => {}).resume()));
    expect(await saidOf('logon', `mqtt://127.0.0.1:${port}`)).toMatch(/^fail; no answer in time/);
  }, 20_000);

  test('does not let the hall listen to its topics', async () => {
    const aedes = await Aedes.createBroker({
      authorizeSubscribe: (_client, subscription, done) =>
        done(null, subscription.topic.endsWith('/order') ? null : subscription),
    });
    const port = await listening(createTcp(aedes.handle));
    onTestFinished(() => aedes.close());
    expect(await saidOf('subscribe', `mqtt://127.0.0.1:${port}`)).toMatch(/^fail; .*\/order/);
  });

  test('lets the hall in, and no server is behind it', async () => {
    const findings = await walked(`mqtt://127.0.0.1:${broker.port}`);
    expect(told(findings).slice(4, 7)).toEqual(['logon ok', 'subscribe ok', 'round-trip fail']);
  }, 20_000);

  test('keeps an order for the agent, though the visitor was logged on under its name', async () => {
    const topic = 'prakat/v1/43/area/43010102/order';
    const [agent, server] = [busOf('hall-1'), busOf('hall-2')];
    const heard: string[] = [];
    const hears = ({ payload }: BusMessage) => heard.push(Buffer.from(payload).toString());
    await agent.connect(session(hears));
    await agent.subscribe([topic]);
    await agent.disconnect();
    await server.connect(session(() => {}));
    await server.publish({ topic, payload: Buffer.from('ประกาศ'), qos: 1, retained: false });
    await walked(`mqtt://127.0.0.1:${broker.port}`);
    await agent.connect(session(hears));
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['ประกาศ']);
    await Promise.all([agent.disconnect(), server.disconnect()]);
  }, 30_000);
});

describe('sound files', () => {
  const brokerless = 'mqtt://127.0.0.1:1';

  test('a captive portal answers with its page; it does not hear the password (F22)', async () => {
    const authorizations: unknown[] = [];
    const port = await listening(
      createHttp(({ headers }, response) => {
        authorizations.push(headers.authorization);
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>กรุณาลงชื่อเข้าใช้</html>');
      }),
    );
    expect(await saidOf('files', brokerless, { media: `http://127.0.0.1:${port}/media` })).toMatch(
      /captive portal/,
    );
    expect(authorizations).toEqual([undefined]);
  });

  test('a captive portal sends us to its own address', async () => {
    const port = await listening(
      createHttp((_request, response) => response.writeHead(302, { location: 'http://login.wifi/' }).end()),
    );
    const said = await saidOf('files', brokerless, { media: `http://127.0.0.1:${port}/media` });
    expect(said).toMatch(/login\.wifi.*captive portal/);
  });

  test('our server, which knows the hall or does not', async () => {
    const failure = JSON.stringify({ code: 'x', en: 'x', th: 'x', faults: [] });
    const basic = `Basic ${Buffer.from('hall-1:one-password').toString('base64')}`;
    const port = await listening(
      createHttp(({ headers }, response) => {
        response.writeHead(headers.authorization === basic ? 404 : 401, {
          'content-type': 'application/json',
        });
        response.end(failure);
      }),
    );
    const media = `http://127.0.0.1:${port}/media`;
    expect(await saidOf('files', brokerless, { media })).toMatch(/^ok/);
    expect(await saidOf('files', brokerless, { media, password: 'another' })).toMatch(/^fail.*password/);
  });
});

describe('a network that wants a log-on first (F22)', () => {
  const answering = (status: number, headers: Record<string, string> = {}) =>
    listening(createHttp((_request, response) => response.writeHead(status, headers).end('<html>')));

  test.each([
    ['sends us to its own page', 302, { location: 'http://login.wifi.example/?url=x' }, 'fail'],
    ['says so (RFC 6585)', 511, {}, 'fail'],
    ['is none: our server sends us to its own TLS', 301, { location: 'https://127.0.0.1/' }, 'ok'],
    ['is none: our server sends us to a path', 302, { location: '/console' }, 'ok'],
  ] as const)('%s', async (_what, status, headers, result) => {
    const finding = await lookAtPortal('127.0.0.1', await answering(status, headers));
    expect(finding.result).toBe(result);
    expect(unexplained([finding])).toEqual([]);
  });

  test('is not known where nobody listens', async () => {
    expect((await lookAtPortal('127.0.0.1', await freePort())).result).toBe('not-known');
  });
});

function busOf(device: string): MqttBus {
  return new MqttBus({
    url: `mqtt://127.0.0.1:${broker.port}`,
    ...{ device, password: broker.passwords[device] ?? '' },
  });
}

function session(onMessage: (message: BusMessage) => void) {
  const will = { topic: 'prakat/will', payload: Buffer.from('x'), qos: 1, retained: false } as const;
  return { will, onMessage, onClosed: () => {} };
}

/** TLS in front of the broker. */
async function tlsBefore({ key, cert }: Certificate): Promise<number> {
  const server = createTls({ key: readFileSync(key), cert: readFileSync(cert) }, (near) => {
    const far = connect(broker.port, '127.0.0.1');
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  server.on('tlsClientError', () => {});
  return await listening(server);
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function days(from: number): Date {
  return new Date(Date.now() + from * DAY_MS);
}
