import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKeyPair } from '../../../firmware-protocol/content/signature.ts';
import { basic, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld([
    {
      device: 'nongkhai-1',
      village: '43010101',
      name: 'ศาลากลางบ้าน <script>alert(1)</script>',
      presence: { state: 'online', boot: 3 },
      reports_stored: 12,
    },
  ]);
});
afterAll(() => world.close());

const json = { 'content-type': 'application/json' };
const post = (
  path: string,
  body: string,
  headers: Record<string, string> = { ...basic('somchai'), ...json },
) => fetch(world.url + path, { method: 'POST', body, headers });

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
    const response = await fetch(world.url);
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('Basic'),
    ]);
  });

  it('shows the halls, in Thai and English, and can run no script', async () => {
    const response = await fetch(world.url, { headers: basic('malee') });
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
});
