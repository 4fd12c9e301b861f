import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SESSION_COOKIE, SessionAnswer } from '../../../firmware-protocol/http/session.ts';
import { type PlainAsked, plainRequest } from './plain-request.ts';
import { basic, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const json = { 'content-type': 'application/json' };
const OWN_PAGE = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' };
const ask = (path: string, asked?: PlainAsked) => plainRequest(world.url, path, asked);
const logOn = (user: string, password = 'ถูกต้อง:1', headers: Record<string, string> = {}) =>
  ask('/session', {
    method: 'POST',
    body: JSON.stringify({ user, password }),
    headers: { ...json, ...headers },
  });
const codeOf = (text: string) => JSON.parse(text).code;

/** The cookie as a browser sends it back. */
async function cookieOf(user: string): Promise<{ cookie: string }> {
  const [set = ''] = (await logOn(user)).headers['set-cookie'] ?? [];
  return { cookie: set.split(';')[0] ?? '' };
}

describe('a log-on', () => {
  it('tells who is there, and what a page has to know of the server', async () => {
    const answer = await logOn('somchai', undefined, OWN_PAGE);
    expect(answer.status).toBe(200);
    const said = SessionAnswer.parse(JSON.parse(answer.text));
    expect(said).toMatchObject({
      user: 'somchai',
      roles: ['author'],
      rights: ['read', 'test', 'speak', 'stop', 'carry'],
      areas: ['43'],
      training: false,
      step_up: true,
    });
    expect(Math.round((Date.parse(said.until ?? '') - Date.parse(said.now)) / 60_000)).toBe(12 * 60);
  });

  it('sets a cookie of 32 random bytes that no script reads and no other site sends', async () => {
    const [first, second] = [await logOn('somchai'), await logOn('somchai')];
    const cookies = [first, second].flatMap(({ headers }) => headers['set-cookie'] ?? []);
    for (const cookie of cookies)
      expect(cookie).toMatch(/^prakat_session=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    expect(new Set(cookies).size).toBe(2);
  });

  it('marks it Secure where a known proxy says that the browser speaks TLS', async () => {
    const { headers } = await logOn('somchai', undefined, { 'x-forwarded-proto': 'https' });
    expect(headers['set-cookie']?.[0]).toMatch(/; Secure$/);
  });

  it.each([
    ['a wrong password', 'somchai', 'ผิด', 401, 'not-authenticated'],
    ['an unknown name', 'nobody-here', 'ถูกต้อง:1', 401, 'not-authenticated'],
    ['a box', 'nongkhai-1', 'ถูกต้อง:1', 401, 'not-authenticated'],
    ['a name that cannot be one', 'Somchai!', 'ถูกต้อง:1', 400, 'request-invalid'],
  ])('is refused to %s', async (_who, user, password, status, code) => {
    const answer = await logOn(user, password);
    expect([answer.status, codeOf(answer.text)]).toEqual([status, code]);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it.each([
    ['by its Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
    ['by its Origin alone', { origin: 'https://elsewhere.example' }],
    ['by an Origin that says nothing', { origin: 'null' }],
  ])('is refused to the page of another site, known %s', async (_how, headers) => {
    const answer = await logOn('somchai', undefined, headers);
    expect([answer.status, codeOf(answer.text)]).toEqual([403, 'cross-site']);
  });

  it('waits after slips, for names that exist and names that do not, and says how long', async () => {
    const answers = [];
    for (const user of ['kaew', 'not-kaew'])
      for (let slip = 0; slip < 6; slip++) answers.push(await logOn(user, 'ผิด'));
    expect(answers.map(({ status }) => status)).toEqual([
      401, 401, 401, 401, 401, 429, 401, 401, 401, 401, 401, 429,
    ]);
    expect(answers.at(-1)?.headers['retry-after']).toMatch(/^[12]$/);
  });

  it('stands in the audit, and so does the log-off', async () => {
    const before = world.logged.length;
    const headers = { ...(await cookieOf('somchai')), ...OWN_PAGE };
    await ask('/session', { method: 'DELETE', headers });
    expect(world.logged.slice(before).map((line) => JSON.parse(line))).toEqual([
      { who: 'somchai', from: '127.0.0.1', act: 'session/begin' },
      { who: 'somchai', from: '127.0.0.1', act: 'session/end' },
    ]);
  });
});

describe('with its cookie', () => {
  let cookie: { cookie: string };
  beforeEach(async () => {
    cookie = await cookieOf('somchai');
  });
  const push = (headers: Record<string, string>) =>
    ask('/api/request/push', {
      method: 'POST',
      body: '{"to":["4301"]}',
      headers: { ...json, ...cookie, ...headers },
    });

  it('somebody is logged on, and asks as himself', async () => {
    const answer = await ask('/session', { headers: cookie });
    expect(SessionAnswer.parse(JSON.parse(answer.text)).user).toBe('somchai');
    expect((await push(OWN_PAGE)).status).toBe(200);
    expect(world.asked.at(-1)).toMatchObject({ user: 'somchai', what: 'push' });
  });

  it.each([
    ['of a page elsewhere', { 'sec-fetch-site': 'cross-site' }],
    ['of a page of the same domain', { 'sec-fetch-site': 'same-site' }],
    ['of no page', { 'sec-fetch-site': 'none' }],
    ['that says nothing of where it comes from', {}],
    ['of another origin', { origin: 'http://127.0.0.1:1' }],
    ['of an origin that is none', { origin: 'null' }],
  ])('nothing is changed by a request %s', async (_whose, headers) => {
    const asked = world.asked.length;
    const answer = await push(headers);
    expect([answer.status, codeOf(answer.text)]).toEqual([403, 'cross-site']);
    expect(world.asked).toHaveLength(asked);
  });

  it('a browser without Sec-Fetch-Site is believed by its Origin', async () => {
    expect((await push({ origin: world.url })).status).toBe(200);
  });

  it('roles are read afresh', async () => {
    await world.change({ user: 'somchai', roles: ['viewer'], areas: ['4301'] });
    const { text } = await ask('/session', { headers: cookie });
    await world.change({ user: 'somchai', roles: ['author'], areas: ['43'] });
    expect(JSON.parse(text)).toMatchObject({ roles: ['viewer'], areas: ['4301'] });
  });

  it('it is over after the log-off, and the browser forgets it', async () => {
    const gone = await ask('/session', { method: 'DELETE', headers: { ...cookie, ...OWN_PAGE } });
    expect([gone.status, gone.headers['set-cookie']?.[0]]).toEqual([
      204,
      expect.stringMatching(/^prakat_session=; Path=\/; Max-Age=0; /),
    ]);
    expect((await ask('/session', { headers: cookie })).status).toBe(401);
  });

  it('it is over when somebody else logs on with the same browser', async () => {
    expect((await logOn('malee', undefined, { ...cookie, ...OWN_PAGE })).status).toBe(200);
    expect((await ask('/session', { headers: cookie })).status).toBe(401);
  });

  it('it goes on when somebody tries to, in vain', async () => {
    expect((await logOn('malee', 'ผิด', { ...cookie, ...OWN_PAGE })).status).toBe(401);
    expect((await ask('/session', { headers: cookie })).status).toBe(200);
  });

  it('it is over with another password', async () => {
    await world.choosePassword('somchai');
    expect((await ask('/session', { headers: cookie })).status).toBe(401);
    expect((await push(OWN_PAGE)).status).toBe(401);
  });

  it.each(['', 'x', 'A'.repeat(43), `${'A'.repeat(43)}; prakat_session=x`])(
    'a made-up one opens nothing (%#)',
    async (value) => {
      const headers = { cookie: `${SESSION_COOKIE}=${value}` };
      expect((await ask('/session', { headers })).status).toBe(401);
    },
  );
});

describe('without a session', () => {
  it('a page that asks is not covered by the password window of the browser', async () => {
    const overTls = OWN_PAGE;
    const without = { accept: 'application/json' };
    const tooLate = { cookie: `${SESSION_COOKIE}=${'A'.repeat(43)}` };
    for (const headers of [overTls, without, tooLate]) {
      const answer = await ask('/session', { headers });
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, undefined]);
    }
  });

  it('a person who opens an address is asked, and so is a calendar program', async () => {
    const byHand = { 'sec-fetch-mode': 'navigate', accept: 'text/html,*/*' };
    for (const headers of [byHand, { accept: 'text/calendar' }])
      expect((await ask('/ical/43', { headers })).headers['www-authenticate']).toMatch(/^Basic /);
  });

  it('a password with each request is as good as ever, from programs that say nothing of a page', async () => {
    const { text } = await ask('/session', { headers: basic('malee') });
    expect(SessionAnswer.parse(JSON.parse(text))).toMatchObject({ user: 'malee' });
    expect(JSON.parse(text)).not.toHaveProperty('until');
    const headers = { ...json, ...basic('somchai') };
    expect((await ask('/api/request/push', { method: 'POST', body: '{}', headers })).status).toBe(200);
  });
});
