import { beforeEach, describe, expect, it } from 'vitest';
import { PASSKEY_LIMITS, PASSKEY_REQUESTS } from '../../../../firmware-protocol/mqtt/passkey-requests.ts';
import { PEOPLE_REQUESTS } from '../../../../firmware-protocol/mqtt/people-requests.ts';
import { Proofs } from '../../../../server/approvals/proofs.ts';
import type { Asker } from '../../../../server/asker.ts';
import { AuditBook } from '../../../../server/audit/audit-book.ts';
import { isServerError } from '../../../../server/errors.ts';
import { Accounts } from '../../../../server/operators/accounts.ts';
import { Attempts } from '../../../../server/operators/attempts.ts';
import { CHALLENGE_LIMITS, Passkeys } from '../../../../server/operators/passkeys.ts';
import { prove } from '../../../../server/requests/approvals.ts';
import { passkeys } from '../../../../server/requests/passkeys.ts';
import type { RequestNeeds } from '../../../../server/requests/request-row.ts';
import { countedHash, type Office, openOffice } from '../office.ts';
import { type Ceremony, type KeyKind, PaperAuthenticator } from './paper-authenticator.ts';

const SHA256 = 'ab'.repeat(32);
const OTHER_SHA256 = 'cd'.repeat(32);
const somchai: Asker = { user: 'somchai', roles: ['author'], areas: ['43'], proved: true };
const malee: Asker = { ...somchai, user: 'malee' };

let office: Office;
let needs: RequestNeeds;
let url: string;
let proofs: Proofs;

beforeEach(async () => {
  office = await openOffice();
  const { db, clock, random } = office;
  url = 'https://prakat.example';
  proofs = new Proofs(clock, random);
  const room = new Passkeys({ db, clock, random, url: () => url });
  const door = { open: async () => undefined };
  needs = { passkeys: room, proofs, door, audit: new AuditBook({ db, clock }) } as never;
});

const codeOf = (error: unknown) => {
  if (isServerError(error)) return error.code;
  throw error;
};
const ask = (request: object, asker = somchai) =>
  passkeys(asker, PASSKEY_REQUESTS.passkeys.request.parse(request), needs);
const challenge = async (request: object, asker = somchai) => (await ask(request, asker)).challenge ?? '';
const add = async (key: PaperAuthenticator, wrong: Partial<Ceremony> = {}, asker = somchai) => {
  const credential = key.create({ challenge: await challenge({ change: 'begin' }, asker), ...wrong });
  return ask({ change: 'add', title: 'โทรศัพท์', credential }, asker).then(() => 'added' as const, codeOf);
};
const proveWith = async (key: PaperAuthenticator, wrong: Partial<Ceremony> = {}, asker = somchai) => {
  const given = await challenge({ change: 'challenge', sha256: SHA256 }, asker);
  return tryProof(key.get({ challenge: given, ...wrong }), asker);
};
const tryProof = (passkey: object, asker = somchai, sha256 = SHA256) =>
  prove(asker, PEOPLE_REQUESTS.prove.request.parse({ passkey, sha256 }), needs).then(
    ({ proof }) => ({ proof }),
    codeOf,
  );

describe('a passkey', () => {
  it.each<KeyKind>(['P-256', 'Ed25519', 'RSA'])(
    'of %s stands for the password, for one content, once',
    async (kind) => {
      const key = new PaperAuthenticator(kind);
      expect(await add(key)).toBe('added');
      const made = await proveWith(key);
      const proof = typeof made === 'object' ? made.proof : made;
      expect(proofs.use(proof, 'somchai', OTHER_SHA256)).toBe(false);
      const again = await proveWith(key);
      expect(typeof again === 'object' && proofs.use(again.proof, 'somchai', SHA256)).toBe(true);
    },
  );

  it('is listed with when it was last used, to its owner alone', async () => {
    const key = new PaperAuthenticator();
    await add(key);
    await office.clock.advance(60_000);
    await proveWith(key);
    expect(await ask({})).toMatchObject({
      passkeys: [
        {
          ...{ id: key.id, title: 'โทรศัพท์' },
          made_at: '2026-11-13T09:00:00.000+07:00',
          used_at: '2026-11-13T09:01:00.000+07:00',
        },
      ],
      ...{ available: true, site: 'prakat.example' },
    });
    expect((await ask({}, malee)).passkeys).toEqual([]);
  });

  it('stands in the audit: added, used by its id, removed', async () => {
    const key = new PaperAuthenticator();
    await add(key);
    await proveWith(key);
    await ask({ change: 'remove', id: key.id });
    const lines = (await office.db.audit.lines(0, 100)).map((line) => JSON.parse(line));
    expect(lines.map(({ act, outcome }) => `${act} ${outcome}`)).toEqual([
      ...['passkey/add asked', 'passkey/add done', 'step-up done'],
      ...['passkey/remove asked', 'passkey/remove done'],
    ]);
    expect(lines[2].document).toEqual({ sha256: SHA256, by: key.id });
  });

  it('takes the password to be added, whatever else is configured', async () => {
    expect(await add(new PaperAuthenticator(), {}, { ...somchai, proved: false })).toBe('step-up-needed');
  });
});

describe('is refused as a new one', () => {
  it.each<[string, Partial<Ceremony>]>([
    ['for a challenge that nobody gave', { challenge: 'A'.repeat(43) }],
    ['by the page of another site', { origin: 'https://elsewhere.example' }],
    ['in a frame of another site', { crossOrigin: true }],
    ['for another site', { rpId: 'elsewhere.example' }],
    ['as the answer to a log-on', { type: 'webauthn.get' }],
    ['without a finger, a face or a PIN', { flags: 0x41 }],
    ['without the credential in it', { flags: 0x05 }],
  ])('%s', async (_how, wrong) => {
    expect(await add(new PaperAuthenticator(), wrong)).toBe('passkey-refused');
  });

  it.each<KeyKind>(['P-384', 'RSA of 1024'])('of a kind that we do not take: %s', async (kind) => {
    expect(await add(new PaperAuthenticator(kind))).toBe('passkey-refused');
  });

  it('that is somebody else’s already', async () => {
    const key = new PaperAuthenticator();
    await add(key);
    expect(await add(key, {}, malee)).toBe('passkey-refused');
  });

  it('beyond ten', async () => {
    for (let at = 0; at < PASSKEY_LIMITS.ofOneAccount; at++) await add(new PaperAuthenticator());
    expect(await add(new PaperAuthenticator())).toBe('passkeys-many');
  });

  it.each(['http://prakat.example', 'https://192.0.2.7', 'http://127.0.0.1:8080'])(
    'at %s',
    async (address) => {
      url = address;
      expect((await ask({})).available).toBe(false);
      expect(await ask({ change: 'begin' }).catch(codeOf)).toBe('passkey-unavailable');
    },
  );

  it('but not at localhost, where people try it out', async () => {
    url = 'http://localhost:8080';
    expect(await ask({})).toMatchObject({ available: true, site: 'localhost' });
  });
});

describe('proves nothing', () => {
  let key: PaperAuthenticator;
  beforeEach(async () => {
    key = new PaperAuthenticator();
    await add(key);
  });

  it.each<[string, Partial<Ceremony>]>([
    ['for a challenge that nobody gave', { challenge: 'A'.repeat(43) }],
    ['on the page of another site', { origin: 'https://elsewhere.example' }],
    ['for another site', { rpId: 'elsewhere.example' }],
    ['as the answer to a new passkey', { type: 'webauthn.create' }],
    ['when nobody was there', { flags: 0x04 }],
    ['without a finger, a face or a PIN', { flags: 0x01 }],
    ['when its counter went back: it was copied', { count: 1 }],
    ['when its counter is none any more', { count: 0 }],
  ])('%s', async (_how, wrong) => {
    expect(await proveWith(key, wrong)).toBe('passkey-refused');
  });

  it('twice', async () => {
    const assertion = key.get({ challenge: await challenge({ change: 'challenge', sha256: SHA256 }) });
    expect(await tryProof(assertion)).toHaveProperty('proof');
    expect(await tryProof(assertion)).toBe('passkey-refused');
  });

  it('for another content, or for somebody else', async () => {
    const given = () => challenge({ change: 'challenge', sha256: SHA256 });
    expect(await tryProof(key.get({ challenge: await given() }), somchai, OTHER_SHA256)).toBe(
      'passkey-refused',
    );
    expect(await tryProof(key.get({ challenge: await given() }), malee)).toBe('passkey-refused');
    const ofMalee = await challenge({ change: 'challenge', sha256: SHA256 }, malee);
    expect(await tryProof(key.get({ challenge: ofMalee }), malee)).toBe('passkey-refused');
  });

  it('with the signature of another key under its name', async () => {
    const thief = new PaperAuthenticator();
    const given = await challenge({ change: 'challenge', sha256: SHA256 });
    expect(await tryProof({ ...thief.get({ challenge: given, count: 9 }), id: key.id })).toBe(
      'passkey-refused',
    );
  });

  it('after two minutes', async () => {
    const assertion = key.get({ challenge: await challenge({ change: 'challenge', sha256: SHA256 }) });
    await office.clock.advance(CHALLENGE_LIMITS.life_ms);
    expect(await tryProof(assertion)).toBe('passkey-refused');
  });

  it('after it was removed by its owner; nobody else removes it', async () => {
    await ask({ change: 'remove', id: key.id }, malee);
    expect(await proveWith(key)).toHaveProperty('proof');
    await ask({ change: 'remove', id: key.id });
    expect(await proveWith(key)).toBe('passkey-refused');
  });

  it.each(['renewCode', 'close'] as const)(
    'after %s: whoever had the account may have added it',
    async (how) => {
      const { db, clock, random } = office;
      const attempts = new Attempts(clock);
      const hash = countedHash();
      const accounts = new Accounts({ db, hash, clock, random, attempts, onCredentials: async () => {} });
      await accounts.create({ user: 'somchai', roles: ['author'], areas: ['43'] });
      await accounts[how]('somchai');
      expect(await proveWith(key)).toBe('passkey-refused');
    },
  );
});

it('the request names what it lacks', () => {
  const faults = (request: object) =>
    PASSKEY_REQUESTS.passkeys.request.safeParse(request).error?.issues.map(({ path }) => path.join());
  expect(faults({ change: 'challenge' })).toEqual(['sha256']);
  expect(faults({ change: 'add', title: 'x' })).toEqual(['credential']);
  expect(faults({ change: 'remove' })).toEqual(['id']);
  expect(PEOPLE_REQUESTS.prove.request.safeParse({ sha256: SHA256 }).success).toBe(false);
});
