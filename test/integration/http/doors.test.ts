import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Order } from '../../../firmware-protocol/content/order.ts';
import { newKeyPair } from '../../../firmware-protocol/content/signature.ts';
import { ROUTES, type RouteRow } from '../../../firmware-protocol/http/catalogue.ts';
import { statusPage } from '../../../server/drivers/http/status-page.ts';
import { plainRequest } from './plain-request.ts';
import { basic, LONG, openWorld, PLAN, type World } from './world.ts';

const ALERT = Order.parse({
  format: 1,
  id: '01JCKZ5V00000000000000000A',
  to: ['4301'],
  by: 'somchai',
  issued_at: '2026-11-13T18:30:00.000+07:00',
  expires_at: '2026-11-13T18:45:00.000+07:00',
  kind: 'alert',
  band: 90,
  announcement: { title: 'น้ำป่า <b>', panel: { pages: [{ text: 'x' }] } },
  signature: { key: 'k', value: 'A'.repeat(86) },
});

let world: World;
beforeAll(async () => {
  const hall = {
    device: 'nongkhai-1',
    village: '43010101',
    name: 'ศาลากลางบ้าน <script>alert(1)</script>',
    presence: { state: 'online', boot: 3 },
    reports_stored: 12,
  } as const;
  world = await openWorld([hall], [{ order: ALERT, halls: { ended: 3, waiting: 1 } }]);
});
afterAll(() => world.close());

const json = { 'content-type': 'application/json' };
const post = (
  path: string,
  body: string,
  headers: Record<string, string> = { ...basic('somchai'), ...json },
) => fetch(world.url + path, { method: 'POST', body, headers });

describe('a programme as iCalendar', () => {
  it('is fetched by a calendar program with the account of an operator', async () => {
    const response = await fetch(`${world.url}/ical/43?which=draft&days=90`, { headers: basic('malee') });
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(response.headers.get('content-disposition')).toContain('prakat-43.ics');
    expect(await response.text()).toBe(PLAN.ics);
    const { user, payload } = world.asked.at(-1) ?? { payload: '{}' };
    expect([user, JSON.parse(payload)]).toEqual(['malee', { area: '43', which: 'draft', days: 90 }]);
  });

  it('is not given to a box or to nobody', async () => {
    expect((await fetch(`${world.url}/ical/43`)).status).toBe(401);
    expect((await fetch(`${world.url}/ical/43`, { headers: basic('nongkhai-1') })).status).toBe(403);
  });
});

describe('requests over HTTP', () => {
  it('go through the same gate as over MQTT', async () => {
    const response = await post('/api/request/push', '{"to":["4301"],"text":"น้ำท่วม"}');
    expect(await response.json()).toEqual({ status: 'ok', data: { order: 'x' }, transaction: 7 });
    expect(world.asked.at(-1)).toEqual({
      user: 'somchai',
      what: 'push',
      payload: '{"to":["4301"],"text":"น้ำท่วม"}',
    });
  });

  it.each([
    ['br, gzip, deflate', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
    ['identity', undefined, (bytes: Buffer) => bytes],
  ])('are answered as small as the asker takes it: "%s"', async (accepts, coding, read) => {
    const headers = { ...basic('somchai'), ...json, 'accept-encoding': accepts };
    const {
      status,
      headers: got,
      body,
    } = await plainRequest(world.url, '/api/request/halls', {
      method: 'POST',
      body: '{}',
      headers,
    });
    expect([status, got['content-encoding'], got.vary]).toEqual([200, coding, 'accept-encoding']);
    expect(JSON.parse(read(body).toString())).toEqual({ status: 'ok', data: LONG });
    if (coding !== undefined) expect(body.length).toBeLessThan(JSON.stringify(LONG).length / 8);
  });

  it('are answered as they are where that is short', async () => {
    const headers = { ...basic('somchai'), ...json, 'accept-encoding': 'br' };
    const answer = await plainRequest(world.url, '/api/request/push', {
      method: 'POST',
      body: '{}',
      headers,
    });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(answer.text)).toMatchObject({ status: 'ok' });
  });

  it('have the status of their error', async () => {
    const response = await post('/api/request/stop', '{}');
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ status: 'error', error: { code: 'outside-scope' } });
  });

  it.each([
    ['of nobody', '{}', json, 401, 'not-authenticated'],
    ['of a device', '{}', { ...basic('nongkhai-1'), ...json }, 403, 'not-allowed'],
    [
      'of a page elsewhere',
      '{}',
      { ...basic('somchai'), ...json, 'sec-fetch-site': 'cross-site' },
      403,
      'cross-site',
    ],
    ['of a form elsewhere', '{}', { ...basic('somchai'), 'content-type': 'text/plain' }, 400, 'json-broken'],
    ['larger than any', 'x'.repeat(1_100_000), { ...basic('somchai'), ...json }, 413, 'request-too-large'],
  ])('%s are refused', async (_whose, body, headers, status, code) => {
    const asked = world.asked.length;
    const response = await post('/api/request/push', body, headers);
    expect([response.status, await response.json()]).toEqual([
      status,
      expect.objectContaining({ code, th: expect.stringMatching(/[ก-๙]/) }),
    ]);
    expect(world.asked).toHaveLength(asked);
  });
});

describe('the wire says of each route', () => {
  const ask = (row: RouteRow, headers: Record<string, string>, body?: string) =>
    fetch(world.url + row.path.replace('{sha256}', 'a'.repeat(64)).replace('{what}', 'push'), {
      method: row.method,
      headers: { ...json, ...headers },
      ...(row.method === 'POST' && { body: body ?? '{}' }),
    });
  const rows = Object.entries(ROUTES);

  it.each(rows)('%s: that it is there, and who may come', async (_name, row) => {
    const codeTo = async (headers: Record<string, string>) => {
      const response = await ask(row, headers);
      const said: unknown = await response.json();
      return typeof said === 'object' && said !== null && 'code' in said ? said.code : 'done';
    };
    const nobody = await codeTo({});
    const device = await codeTo(basic('nongkhai-1'));
    expect(nobody === 'not-authenticated').toBe(row.proof === 'basic');
    expect(device === 'not-allowed').toBe(row.from === 'operator' && row.proof === 'basic');
    expect([nobody, device]).not.toContain('unknown-page');
  });

  it.each(rows.filter(([name, { method }]) => method === 'POST' && !name.startsWith('upload')))(
    '%s: how much it reads',
    async (_name, row) => {
      const response = await ask(row, basic('somchai'), 'x'.repeat(row.maxBytes + 1));
      expect(await response.json()).toMatchObject({
        code: 'request-too-large',
        en: expect.stringContaining(`at most ${row.maxBytes} are taken`),
      });
      expect(await (await ask(row, basic('somchai'), 'x'.repeat(row.maxBytes))).json()).not.toMatchObject({
        code: 'request-too-large',
      });
    },
  );
});

describe('strangers', () => {
  const raw = async (text: string) => {
    const socket = connect(Number(new URL(world.url).port), '127.0.0.1');
    const heard: Buffer[] = [];
    socket.on('data', (chunk) => heard.push(chunk)).on('error', () => {});
    socket.write(text);
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    return { socket, ended, said: () => Buffer.concat(heard).toString() };
  };

  it('are sent away before the server reads what they send', async () => {
    const { socket, said } = await raw(
      'POST /api/request/push HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n',
    );
    await vi.waitFor(() => expect(said()).toMatch(/^HTTP\/1.1 401 /));
    socket.destroy();
  });

  it('who send a byte now and then are cut off', async () => {
    const { ended } = await raw(
      'POST /enrol HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{',
    );
    await ended;
  });

  it('behind a proxy that is known are told apart', async () => {
    const body = JSON.stringify({ secret: 'ABCDEFGHJK', public: newKeyPair().publicKey });
    await post('/enrol', body, { ...json, 'x-forwarded-for': '203.0.113.7' });
    expect(world.addresses.at(-1)).toBe('203.0.113.7');
  });
});

describe('the doors without a password', () => {
  it('health', async () => {
    const response = await fetch(`${world.url}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('enrolment says how long to wait', async () => {
    const body = JSON.stringify({ secret: 'ABCDEFGHJK', public: newKeyPair().publicKey, newer: 'ignored' });
    const response = await post('/enrol', body, json);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '30']);
  });

  it.each([
    ['broken JSON', '{"secret":', 400, 'json-broken', ''],
    ['no key', '{"secret":"ABCDEFGHJK"}', 400, 'request-invalid', 'public'],
  ])('enrolment with %s', async (_what, body, status, code, path) => {
    const response = await post('/enrol', body, json);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code, faults: [{ path }] });
  });

  it('first log-on', async () => {
    const login = { user: 'somchai', code: 'ABCDE-FGHJK', password: 'น้ำตกสามสิบสอง' };
    expect((await post('/first-login', JSON.stringify(login), json)).status).toBe(204);
    const wrong = await post('/first-login', JSON.stringify({ ...login, code: 'x' }), json);
    expect([wrong.status, await wrong.json()]).toEqual([
      403,
      expect.objectContaining({ code: 'code-wrong' }),
    ]);
    const typed = await post('/first-login', JSON.stringify({ ...login, pasword: 'x' }), json);
    expect(await typed.json()).toMatchObject({
      faults: [{ path: 'pasword', th: expect.stringContaining('"password"') }],
    });
  });

  it('and nothing else', async () => {
    const response = await fetch(`${world.url}/admin`);
    expect([response.status, await response.json()]).toEqual([
      404,
      expect.objectContaining({ code: 'unknown-page' }),
    ]);
  });
});

describe('the status page', () => {
  it('is not for strangers', async () => {
    const { status, headers } = await plainRequest(world.url, '/status');
    expect([status, headers['www-authenticate']]).toEqual([401, expect.stringContaining('Basic')]);
  });

  it('shows the halls, in Thai and English, and can run no script', async () => {
    const response = await fetch(`${world.url}/status`, { headers: basic('malee') });
    const html = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; /,
    );
    expect(html).toContain('ศาลากลางบ้าน &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('ออนไลน์</span> <small>online</small>');
    expect(html).toMatch(/<td>12<\/td>/);
    expect(html).toMatch(/พ\.ศ\.|25\d\d/);
  });

  it('of a nation shows the first halls, and where the others are', () => {
    const hall = (at: number) => ({
      device: `hall-${at}`,
      village: '43010101',
      name: 'หอ',
      reports_stored: 0,
    });
    const pageOf = (halls: number) => {
      const rows = Array.from({ length: halls }, (_, at) => hall(at));
      return statusPage({ user: 'malee', roles: ['viewer'], areas: ['th'] }, rows, [], new Date(0));
    };
    expect(pageOf(500)).toContain('hall-499');
    expect(pageOf(500)).not.toContain('500 หอแรก');
    expect(pageOf(501)).not.toContain('hall-500');
    expect(pageOf(501)).toContain('แสดง 500 หอแรก ดูหออื่นได้ที่ <a href="/console/">');
  });

  it('shows the last orders and how the halls answered', async () => {
    const html = await (await fetch(`${world.url}/status`, { headers: basic('malee') })).text();
    expect(html).toContain('เตือนภัย <small>alert</small><br>น้ำป่า &lt;b&gt;');
    expect(html).toContain('1 รอส่ง <small>waiting</small><br>3 จบแล้ว <small>ended</small>');
    expect(html).toContain('13 พ.ย. 2569 18:30:00');
    expect(html).toContain('<td>somchai</td>');
  });
});
