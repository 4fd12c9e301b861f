import { beforeEach, describe, expect, it } from 'vitest';
import { newKeyPair } from '../../../../firmware-protocol/content/signature.ts';
import { EnrolmentCode, fingerprintMatches, readCode } from '../../../../firmware-protocol/http/enrolment.ts';
import { ENROLMENT_CODE_LIFE_DAYS, EnrolmentDesk } from '../../../../server/fleet/enrolment-desk.ts';
import { Attempts } from '../../../../server/operators/attempts.ts';
import { FrontDoor } from '../../../../server/operators/front-door.ts';
import { batchOf, chain, countedHash, type Office, openOffice } from '../office.ts';

let office: Office;
let desk: EnrolmentDesk;
let door: FrontDoor;

beforeEach(async () => {
  office = await openOffice();
  const attempts = new Attempts(office.clock);
  const addresses = () => ({ broker: 'mqtt://127.0.0.1:1883', media: 'http://127.0.0.1:8080/media' });
  desk = new EnrolmentDesk({ ...office, attempts, addresses, onCredentials: async () => {} });
  door = new FrontDoor({
    ...office,
    hash: countedHash(),
    attempts,
    logOns: { came: () => {}, refused: () => {} },
  });
});

const codeFor = async (device: string, village = '43010101') => {
  const { code } = await desk.createCode({ device, village, name: 'ศาลากลางบ้าน' }, ['43']);
  return readCode(EnrolmentCode.parse(code));
};

/** A box that was never here before. */
const asBox = (secret: string) => ({ secret, public: newKeyPair().publicKey });

it('a code makes a device whose password opens the door', async () => {
  const { secret, fingerprint } = await codeFor('hall-mae');
  expect(fingerprintMatches(office.keys().roots, fingerprint)).toBe(true);
  const answer = await desk.enrol(asBox(secret), '');
  expect(answer).toMatchObject({ device: 'hall-mae', village: '43010101', keys: office.keys() });
  expect(await door.open('hall-mae', answer.password, '')).toEqual({
    kind: 'device',
    user: 'hall-mae',
    village: '43010101',
  });
  expect(await door.open('hall-mae', 'guess', '')).toBeUndefined();
});

it('the same box may ask again when the answer was lost; another may not', async () => {
  const { secret } = await codeFor('hall-mae');
  const { publicKey } = newKeyPair();
  const first = await desk.enrol({ secret, public: publicKey }, '');
  const second = await desk.enrol({ secret, public: publicKey }, '');
  expect(await door.open('hall-mae', first.password, '')).toBeUndefined();
  expect(await door.open('hall-mae', second.password, '')).toBeDefined();
  await expect(desk.enrol(asBox(secret), '')).rejects.toMatchObject({ code: 'code-used' });
});

it('a box that brings its password asks twice, and the second time changes nothing', async () => {
  const { secret } = await codeFor('hall-mae');
  const box = { ...asBox(secret), password: 'b'.repeat(43) };
  expect((await desk.enrol(box, '')).password).toBe(box.password);
  const before = await office.db.devices.get('hall-mae');
  expect(await desk.enrol(box, '')).toMatchObject({ device: 'hall-mae', password: box.password });
  expect(await door.open('hall-mae', box.password, '')).toBeDefined();
  expect(await office.db.devices.get('hall-mae')).toMatchObject({
    chain: before?.chain,
    passwordHash: before?.passwordHash,
  });
});

it('a code ends after its days, and when a new one is made', async () => {
  const { secret } = await codeFor('hall-mae');
  const { secret: newer } = await codeFor('hall-mae');
  await expect(desk.enrol(asBox(secret), '')).rejects.toMatchObject({ code: 'code-wrong' });
  await office.clock.advance(ENROLMENT_CODE_LIFE_DAYS * 86_400_000);
  await expect(desk.enrol(asBox(newer), '')).rejects.toMatchObject({ code: 'code-expired' });
});

describe('the administrator of another province', () => {
  const asUdon = () =>
    desk.createCode({ device: 'hall-mae', village: '41010101', name: 'ศาลากลางบ้าน' }, ['41']);

  it('cannot take over a hall by its name', async () => {
    const answer = await desk.enrol(asBox((await codeFor('hall-mae')).secret), '');
    await expect(asUdon()).rejects.toMatchObject({ code: 'name-taken' });
    expect(await door.open('hall-mae', answer.password, '')).toMatchObject({ village: '43010101' });
  });

  it('cannot take back the code of a hall that is on its way', async () => {
    const { secret } = await codeFor('hall-mae');
    await expect(asUdon()).rejects.toMatchObject({ code: 'name-taken' });
    expect(await desk.enrol(asBox(secret), '')).toMatchObject({ village: '43010101' });
  });

  it('may use a name whose code was never used', async () => {
    await codeFor('hall-mae');
    await office.clock.advance(ENROLMENT_CODE_LIFE_DAYS * 86_400_000 + 1);
    await expect(asUdon()).resolves.toMatchObject({ device: 'hall-mae' });
  });
});

it('guessing from one address is slowed down', async () => {
  for (let guess = 0; guess < 5; guess++)
    await expect(desk.enrol(asBox('AAAAAAAAAA'), '10.6.6.6')).rejects.toMatchObject({
      code: 'code-wrong',
    });
  await expect(desk.enrol(asBox('AAAAAAAAAA'), '10.6.6.6')).rejects.toMatchObject({
    code: 'too-many-attempts',
  });
});

it('a successor of a broken box begins its own chain of reports; the old ones stay', async () => {
  const enrol = async () => {
    const { publicKey, seed } = newKeyPair();
    await desk.enrol({ secret: (await codeFor('hall-mae')).secret, public: publicKey }, '');
    const record = await office.db.devices.get('hall-mae');
    if (record === undefined) throw new Error('not enrolled');
    return { id: 'hall-mae', village: '43010101', seed, record };
  };
  const booted = { type: 'booted', version: '1', clean: true } as const;
  const old = await enrol();
  await office.ledger.take(old.record, batchOf(old, chain([booted, booted])));
  const successor = await enrol();
  expect(successor.record).toMatchObject({ chain: 2, reportsUpTo: 0 });
  expect(await office.ledger.take(successor.record, batchOf(successor, chain([booted])))).toMatchObject({
    n: 1,
  });
  expect((await office.db.reports.counts('43010101')).get('hall-mae')).toBe(3);
  expect(
    await office.ledger.take(successor.record, batchOf(old, chain([booted, booted, booted]))),
  ).toBeUndefined();
});
