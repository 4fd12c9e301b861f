import { beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../../firmware-protocol/mqtt/answer.ts';
import { PEOPLE_REQUESTS } from '../../../../firmware-protocol/mqtt/people-requests.ts';
import type { Asker } from '../../../../server/asker.ts';
import { isServerError } from '../../../../server/errors.ts';
import { Accounts } from '../../../../server/operators/accounts.ts';
import { Attempts } from '../../../../server/operators/attempts.ts';
import { people } from '../../../../server/requests/people.ts';
import type { RequestNeeds } from '../../../../server/requests/request-row.ts';
import { countedHash, openOffice } from '../office.ts';

const OFFICER: Asker = { user: 'kaew', roles: ['key-officer'], areas: ['43'], proved: true };
let accounts: Accounts;
let told: string[];
let ask: (request: object, asker?: Asker) => Promise<unknown>;

beforeEach(async () => {
  const { db, clock, random } = await openOffice();
  told = [];
  const onCredentials = async (user: string) => void told.push(user);
  const attempts = new Attempts(clock);
  accounts = new Accounts({ db, hash: countedHash(), clock, random, attempts, onCredentials });
  const needs = { people: accounts, approvals: { stepUp: true } } as never as RequestNeeds;
  ask = (request, asker = OFFICER) =>
    people(asker, PEOPLE_REQUESTS.people.request.parse(request), needs).catch((error: unknown) => {
      if (isServerError(error))
        return error.code satisfies Extract<Answer, { status: 'error' }>['error']['code'];
      throw error;
    });
  await accounts.create({ user: 'admin', roles: ['author'], areas: ['th'] });
  await accounts.create({ user: 'udon', roles: ['author'], areas: ['41'] });
});

const add = { change: 'add', user: 'somchai', roles: ['author'], areas: ['4301'] };
const PASSWORD = 'เสียงตามสายทุกเช้า';

describe('who looks after people', () => {
  it('makes an account within the own areas, changes and closes it', async () => {
    const { code } = (await ask(add)) as { code: string };
    await accounts.redeemCode({ user: 'somchai', code, password: PASSWORD, from: '' });
    await ask({ change: 'roles', user: 'somchai', roles: ['approver', 'viewer'], areas: ['43'] });
    expect(await accounts.identity('somchai')).toEqual({
      user: 'somchai',
      roles: ['approver', 'viewer'],
      areas: ['43'],
    });
    await ask({ change: 'close', user: 'somchai' });
    expect(await accounts.identity('somchai')).toBeUndefined();
    expect(told.at(-1)).toBe('somchai');
    expect(await ask({})).toEqual({
      people: [{ user: 'somchai', roles: ['approver', 'viewer'], areas: ['43'], open: false }],
    });
    // The name stays in the audit; nobody else gets it.
    expect(await ask(add)).toBe('name-taken');
  });

  it('sees only accounts that lie within the own areas', async () => {
    await ask(add);
    expect(await ask({})).toMatchObject({ people: [{ user: 'somchai' }] });
    expect(await ask({}, { ...OFFICER, areas: ['th'] })).toMatchObject({
      people: [{ user: 'admin' }, { user: 'somchai' }, { user: 'udon' }],
    });
  });

  it.each<[string, object, string]>([
    ['what is not the own', { ...add, areas: ['41'] }, 'outside-scope'],
    ['more than the own', { ...add, areas: ['th'] }, 'outside-scope'],
    [
      'to somebody who has more',
      { change: 'roles', user: 'admin', roles: ['viewer'], areas: ['43'] },
      'outside-scope',
    ],
    ['a code for somebody elsewhere', { change: 'code', user: 'udon' }, 'outside-scope'],
    [
      'anything to himself',
      { change: 'roles', user: 'kaew', roles: ['author'], areas: ['43'] },
      'own-request',
    ],
    ['to nobody', { change: 'close', user: 'nobody' }, 'unknown-operator'],
  ])('does not give %s', async (_what, request, code) => {
    const before = await accounts.list();
    expect(await ask(request)).toBe(code);
    expect(await accounts.list()).toEqual(before);
  });

  it('gives the password again for a change, not to look', async () => {
    const unproved = { ...OFFICER, proved: false };
    expect(await ask(add, unproved)).toBe('step-up-needed');
    expect(await ask({}, unproved)).toEqual({ people: [] });
  });
});
