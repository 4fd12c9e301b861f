import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../../server/drivers/database/database.ts';
import { Accounts } from '../../../../server/operators/accounts.ts';
import { Attempts } from '../../../../server/operators/attempts.ts';
import { FrontDoor } from '../../../../server/operators/front-door.ts';
import { SESSION_LIMITS, Sessions } from '../../../../server/operators/sessions.ts';
import type { Database } from '../../../../server/tables.ts';
import { HandClock } from '../hand-clock.ts';
import { countedHash, seededRandom } from '../office.ts';

const PASSWORD = 'เสียงตามสายทุกเช้า';
const ANOTHER = 'สายลมพัดผ่านทุ่งนา';
const FROM = '10.0.0.1';

let db: Database;
let clock: HandClock;
let hash: ReturnType<typeof countedHash>;
let accounts: Accounts;
let attempts: Attempts;
let sessions: Sessions;
let written: string[];

beforeEach(async () => {
  db = await openDatabase(':memory:');
  clock = new HandClock();
  hash = countedHash();
  written = [];
  const random = seededRandom();
  attempts = new Attempts(clock);
  const logOns = {
    came: ({ who, act }: { who: string; act?: string }) => written.push(`${who} ${act}`),
    refused: () => {},
  };
  accounts = new Accounts({ db, hash, clock, random, attempts, onCredentials: async () => {} });
  const door = new FrontDoor({ db, hash, clock, random, attempts, logOns });
  sessions = new Sessions({ db, door, attempts, clock, random, logOns });
  const { code } = await accounts.create({ user: 'somchai', roles: ['author'], areas: ['43'] });
  await accounts.redeemCode({ user: 'somchai', code, password: PASSWORD, from: FROM });
});

const begin = () => sessions.begin('somchai', PASSWORD, FROM);

describe('a session', () => {
  it('lasts for a shift, busy or idle, and no longer', async () => {
    const { cookie } = await begin();
    await clock.advance(SESSION_LIMITS.lifeHours * 3_600_000 - 1);
    expect((await sessions.of(cookie))?.identity).toEqual({
      user: 'somchai',
      roles: ['author'],
      areas: ['43'],
    });
    await clock.advance(1);
    expect(await sessions.of(cookie)).toBeUndefined();
  });

  it('is kept by a hash alone: who reads the database cannot log on', async () => {
    const { cookie, id } = await begin();
    expect(await db.sessions.get(cookie)).toBeUndefined();
    expect(JSON.stringify(await db.sessions.get(id))).not.toContain(cookie);
    expect(await sessions.of(id)).toBeUndefined();
  });

  it('ends with the account, and with its password', async () => {
    const closed = await begin();
    await accounts.close('somchai');
    expect(await sessions.of(closed.cookie)).toBeUndefined();
    const { code } = await accounts.renewCode('somchai');
    await accounts.redeemCode({ user: 'somchai', code, password: ANOTHER, from: FROM });
    expect(await sessions.of(closed.cookie)).toBeUndefined();
    const lost = await sessions.begin('somchai', ANOTHER, FROM);
    await accounts.renewCode('somchai');
    expect(await sessions.of(lost.cookie)).toBeUndefined();
  });

  it('of a password that changed while it was checked is void', async () => {
    const slow = { ...hash, matches: hash.matches };
    hash.matches = async (...asked) => {
      const is = await slow.matches(...asked);
      const record = await db.operators.get('somchai');
      if (record !== undefined) await db.operators.put({ ...record, passwordHash: 'of another' });
      return is;
    };
    const { cookie } = await begin();
    expect(await sessions.of(cookie)).toBeUndefined();
  });

  it('of one person is one of twenty: the oldest goes, those of others stay', async () => {
    const { code } = await accounts.create({ user: 'malee', roles: ['viewer'], areas: ['th'] });
    await accounts.redeemCode({ user: 'malee', code, password: PASSWORD, from: FROM });
    const other = await sessions.begin('malee', PASSWORD, FROM);
    const cookies: string[] = [];
    for (let at = 0; at <= SESSION_LIMITS.ofOneAccount; at++) {
      cookies.push((await begin()).cookie);
      await clock.advance(1_000);
    }
    const there = await Promise.all(cookies.map(async (cookie) => (await sessions.of(cookie)) !== undefined));
    expect(there).toEqual([false, ...Array(SESSION_LIMITS.ofOneAccount).fill(true)]);
    expect(await sessions.of(other.cookie)).toBeDefined();
  });

  it('that is over leaves no row behind once somebody logs on', async () => {
    const { id } = await begin();
    await clock.advance(SESSION_LIMITS.lifeHours * 3_600_000 + 1);
    await begin();
    expect(await db.sessions.get(id)).toBeUndefined();
  });

  it('tells whoever holds its connections that somebody ended it', async () => {
    const ended: string[] = [];
    sessions.onEnded((id) => ended.push(id));
    const { cookie, ...session } = await begin();
    await sessions.end(session, FROM);
    expect(ended).toEqual([session.id]);
    expect(await sessions.of(cookie)).toBeUndefined();
    expect(written).toEqual(['somchai undefined', 'somchai session/begin', 'somchai session/end']);
  });
});

it('a name that is guessed at waits as one that exists does', async () => {
  const guess = (user: string) => sessions.begin(user, 'ผิด', FROM).catch((error) => error.code);
  for (const user of ['somchai', 'nobody-here']) {
    const codes = [];
    for (let slip = 0; slip < 6; slip++) codes.push(await guess(user));
    expect(codes).toEqual([...Array(5).fill('not-authenticated'), 'too-many-attempts']);
  }
  await clock.advance(3_600_000);
  expect(await begin()).toMatchObject({ identity: { user: 'somchai' } });
});

it('ten thousand names that nobody has do not make the server forget who guesses at one', async () => {
  const guess = (user: string) => sessions.begin(user, 'ผิด', FROM).catch((error) => error.code);
  for (let slip = 0; slip < 5; slip++) for (const user of ['somchai', 'nobody-here']) await guess(user);
  for (let name = 0; name < 10_000; name++) attempts.failedAtNobody(`session nobody-${name} ${FROM}`);
  expect(await guess('somchai')).toBe('too-many-attempts');
  expect(await guess('nobody-here')).toBe('not-authenticated');
});

it('whoever has a whole network of addresses to come from waits all the same', async () => {
  const codes = [];
  for (let slip = 0; slip < 6; slip++)
    codes.push(await sessions.begin('somchai', 'ผิด', `2001:db8:1:2::${slip}`).catch((error) => error.code));
  expect(codes.at(-1)).toBe('too-many-attempts');
  expect(await sessions.begin('somchai', PASSWORD, '2001:db8:1:3::1')).toMatchObject({
    identity: { user: 'somchai' },
  });
});
