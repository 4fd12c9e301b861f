import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../../server/drivers/database/database.ts';
import { ACCOUNT_LIMITS, Accounts } from '../../../../server/operators/accounts.ts';
import { Attempts } from '../../../../server/operators/attempts.ts';
import { firstAdministrator } from '../../../../server/operators/first-administrator.ts';
import { DOOR_LIMITS, FrontDoor } from '../../../../server/operators/front-door.ts';
import type { Database } from '../../../../server/tables.ts';
import { HandClock } from '../hand-clock.ts';
import { addHall, countedHash, seededRandom } from '../office.ts';

const PASSWORD = 'เสียงตามสายทุกเช้า';

let db: Database;
let clock: HandClock;
let hash: ReturnType<typeof countedHash>;
let accounts: Accounts;
let door: FrontDoor;
let told: string[];
let logOns: string[];

beforeEach(async () => {
  db = await openDatabase(':memory:');
  clock = new HandClock();
  hash = countedHash();
  told = [];
  const attempts = new Attempts(clock);
  const random = seededRandom();
  const onCredentials = async (user: string) => {
    told.push(user);
  };
  accounts = new Accounts({ db, hash, clock, random, attempts, onCredentials });
  logOns = [];
  door = new FrontDoor({
    ...{ db, hash, clock, random, attempts },
    logOns: {
      came: ({ who, from }) => logOns.push(`${who} came from ${from}`),
      refused: ({ who, from }) => logOns.push(`${who} refused from ${from}`),
    },
  });
});

const redeem = (code: string, password = PASSWORD, from = '10.0.0.1', user = 'somchai') =>
  accounts.redeemCode({ user, code, password, from });
const create = () => accounts.create({ user: 'somchai', roles: ['author'], areas: ['43'] });

describe('the one-time code', () => {
  it('becomes a password of the owner, once, however it was typed', async () => {
    const { code } = await create();
    expect(await door.open('somchai', PASSWORD, '')).toBeUndefined();
    await redeem(` ${code.toLowerCase().replace('-', ' ')} `);
    expect(await door.open('somchai', PASSWORD, '')).toMatchObject({ kind: 'operator', user: 'somchai' });
    expect(told).toEqual(['somchai']);
    await expect(redeem(code)).rejects.toMatchObject({ code: 'code-wrong' });
  });

  it('ends after its days', async () => {
    const { code } = await create();
    await clock.advance(ACCOUNT_LIMITS.codeLifeHours * 3_600_000);
    await expect(redeem(code)).rejects.toMatchObject({ code: 'code-expired' });
  });

  it('is void after ten wrong ones, from wherever they came', async () => {
    const { code } = await create();
    for (let guess = 0; guess < ACCOUNT_LIMITS.codeAttempts; guess++)
      await expect(redeem('AAAAA-AAAAA', PASSWORD, `10.0.0.${guess}`)).rejects.toMatchObject({
        code: 'code-wrong',
      });
    await expect(redeem(code, PASSWORD, '10.0.1.1')).rejects.toMatchObject({ code: 'code-expired' });
    const { code: fresh } = await accounts.renewCode('somchai');
    await redeem(fresh, PASSWORD, '10.0.1.2');
  });

  it('costs no slow hash until it is right: strangers knock at this door', async () => {
    await create();
    for (let guess = 0; guess < 20; guess++)
      await redeem('AAAAA-AAAAA', PASSWORD, '10.6.6.6', `nobody-${guess}`).catch(() => {});
    await redeem('AAAAA-AAAAA').catch(() => {});
    expect(hash.made).toBe(0);
  });

  it('makes one password of it, of two that come at once', async () => {
    const { code } = await create();
    const both = await Promise.allSettled([redeem(code), redeem(code, 'รหัสผ่านของผู้มาทีหลัง')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const open = [PASSWORD, 'รหัสผ่านของผู้มาทีหลัง'].map((each) => door.open('somchai', each, ''));
    expect((await Promise.all(open)).filter((who) => who !== undefined)).toHaveLength(1);
  });

  it('says nothing of whether an account is there', async () => {
    await expect(redeem('AAAAA-AAAAA', PASSWORD, '', 'nobody')).rejects.toMatchObject({ code: 'code-wrong' });
  });

  it.each(['short', 'somchai', 'x'.repeat(129)])('takes no weak password: %s', async (password) => {
    const { code } = await create();
    await expect(redeem(code, password)).rejects.toMatchObject({ code: 'password-weak' });
    await redeem(code);
  });
});

describe('names', () => {
  it('are taken once, by a person or a box', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ code: 'name-taken' });
    await addHall(db, 'hall-mae', '43010101');
    const asHall = accounts.create({ user: 'hall-mae', roles: ['viewer'], areas: ['43'] });
    await expect(asHall).rejects.toMatchObject({ code: 'name-taken' });
  });

  it.each(['Somchai', 'a/b', '#', '+', 'PRAKAT', 'สมชาย'])('%s is none', async (user) => {
    const made = accounts.create({ user, roles: ['viewer'], areas: ['43'] });
    await expect(made).rejects.toMatchObject({ code: 'name-invalid' });
  });
});

describe('the door', () => {
  it('knows a password again without the slow hash: a reconnect storm costs nothing', async () => {
    const { code } = await create();
    await redeem(code);
    for (let again = 0; again < 50; again++) await door.open('somchai', PASSWORD, `10.0.0.${again}`);
    expect(hash.asked).toBe(1);
  });

  it('checks a password once for all who send it at the same time', async () => {
    await redeem((await create()).code);
    const all = Array.from({ length: 20 }, () => door.open('somchai', PASSWORD, '10.0.0.1'));
    expect((await Promise.all(all)).every((who) => who?.user === 'somchai')).toBe(true);
    expect(hash.asked).toBe(1);
  });

  it('slows down guesses that come all at once', async () => {
    await redeem((await create()).code);
    await Promise.all(Array.from({ length: 40 }, (_, n) => door.open('somchai', `guess ${n}`, '10.6.6.6')));
    expect(hash.asked).toBe(5);
  });

  it('does few slow hashes at a time, and turns a flood from everywhere away', async () => {
    await redeem((await create()).code);
    const flood = Array.from({ length: 500 }, (_, n) => door.open('somchai', `guess ${n}`, `10.6.6.${n}`));
    await Promise.all(flood);
    expect(hash.atOnce).toBeLessThanOrEqual(DOOR_LIMITS.checksAtOnce);
    expect(hash.asked).toBeLessThanOrEqual(DOOR_LIMITS.checksAtOnce + DOOR_LIMITS.checksWaiting);
    expect(await door.open('somchai', PASSWORD, '10.0.0.1')).toBeDefined();
  });

  it('knows the old password no more as soon as there is a new code: it may be in other hands', async () => {
    await redeem((await create()).code);
    await door.open('somchai', PASSWORD, '');
    told = [];
    const { code } = await accounts.renewCode('somchai');
    expect(await door.open('somchai', PASSWORD, '')).toBeUndefined();
    expect(await accounts.identity('somchai')).toBeUndefined();
    expect(told).toEqual(['somchai']);
    await redeem(code, 'อีกรหัสหนึ่งที่ยาวพอ');
    expect(await door.open('somchai', PASSWORD, '')).toBeUndefined();
    expect(await door.open('somchai', 'อีกรหัสหนึ่งที่ยาวพอ', '')).toBeDefined();
  });

  it('slows guessing down from one address and lets the owner in from another', async () => {
    await redeem((await create()).code);
    for (let guess = 0; guess < 40; guess++) await door.open('somchai', `guess ${guess}`, '10.6.6.6');
    expect(hash.asked).toBe(5);
    expect(await door.open('somchai', PASSWORD, '10.6.6.6')).toBeUndefined();
    expect(await door.open('somchai', PASSWORD, '10.0.0.1')).toBeDefined();
    await clock.advance(2_000);
    expect(await door.open('somchai', PASSWORD, '10.6.6.6')).toBeDefined();
  });
});

it('who came and who did not is told; what is remembered is no new log-on', async () => {
  await redeem((await create()).code);
  await door.open('somchai', 'ผิด', '10.6.6.6');
  for (let again = 0; again < 3; again++) await door.open('somchai', PASSWORD, '10.0.0.1');
  await door.open('nobody', PASSWORD, '10.6.6.6');
  expect(logOns).toEqual(['somchai refused from 10.6.6.6', 'somchai came from 10.0.0.1']);
});

describe('the first administrator', () => {
  it('has no password; each start shows another code until one was used', async () => {
    const first = await firstAdministrator(db, accounts);
    const second = await firstAdministrator(db, accounts);
    expect(first).toMatchObject({ user: 'admin' });
    expect(second?.code).not.toBe(first?.code);
    await expect(redeem(first?.code ?? '', PASSWORD, '', 'admin')).rejects.toMatchObject({
      code: 'code-wrong',
    });
    await redeem(second?.code ?? '', PASSWORD, '', 'admin');
    expect(await firstAdministrator(db, accounts)).toBeUndefined();
    expect(await accounts.identity('admin')).toEqual({
      user: 'admin',
      roles: ['author', 'approver', 'technician', 'auditor', 'key-officer'],
      areas: ['th'],
    });
  });
});
