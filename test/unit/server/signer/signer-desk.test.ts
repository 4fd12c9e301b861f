import { beforeEach, describe, expect, it } from 'vitest';
import { instantOf } from '../../../../firmware-protocol/content/instant.ts';
import type { ScopedKey } from '../../../../firmware-protocol/content/key-set.ts';
import { newKeyPair } from '../../../../firmware-protocol/content/signature.ts';
import { keepKeys } from '../../../../server/signer/held-keys.ts';
import { SignerDesk } from '../../../../server/signer/signer-desk.ts';
import { HandClock } from '../hand-clock.ts';
import { announceTo, secretsInMemory, stopOf } from '../office.ts';

const clock = new HandClock();
let secrets: ReturnType<typeof secretsInMemory>;
let told: string[];
let full: boolean;

/** A signer that holds these keys: each of Nong Khai's announcements below urgent, unless said otherwise. */
async function holding(...scopes: (Partial<ScopedKey> & { use_from?: number })[]): Promise<SignerDesk> {
  const keys = scopes.map(({ use_from = 0, ...scope }, at) => {
    const { seed, publicKey } = newKeyPair();
    const whole = {
      ...{ id: `key-${at}`, public: publicKey, areas: ['43'], uses: ['announce', 'stop'], max_band: 60 },
      ...{ not_before: '2026-01-01T00:00:00.000+07:00', not_after: '2036-01-01T00:00:00.000+07:00' },
      ...scope,
    };
    return { seed, use_from, scope: whole };
  });
  await keepKeys(secrets, keys);
  return SignerDesk.open({
    secrets,
    clock,
    tell: (key, { use }) => {
      if (full) throw new Error('the disk is full');
      told.push(`${key} ${use}`);
    },
  });
}

beforeEach(() => {
  secrets = secretsInMemory();
  told = [];
  full = false;
});

const now = () => instantOf(clock.wall());
const programme = (band: number) => ({
  ...{ format: 1, area: '43', version: 1, by: 'somchai', issued_at: now(), valid_until: now() },
  entries: [
    {
      ...{ id: 'anthem', band, starts: '2026-11-13T08:00:00', grace_s: 0 },
      announcement: { title: 'เพลงชาติ', panel: { pages: [{ text: 'เพลงชาติ' }] } },
    },
  ],
});

describe('what a signer signs, whoever asks (F31)', () => {
  it.each<[string, object, Partial<ScopedKey>, string]>([
    ['another province', announceTo(clock, ['41']), {}, 'outside-area'],
    ['the nation with the key of a province', announceTo(clock, ['th']), {}, 'outside-area'],
    ['a district and one next door', announceTo(clock, ['4301', '4101']), {}, 'outside-area'],
    ['an alarm with the key of every day', alertTo('43'), {}, 'wrong-use'],
    ['an alarm with a key of a lower band', alertTo('43'), { uses: ['alert'] }, 'band-too-high'],
    ['what is urgent with the key of fillers', announceTo(clock, ['43']), { max_band: 20 }, 'band-too-high'],
    [
      'with a key that has ended',
      announceTo(clock, ['43']),
      { not_after: '2026-02-01T00:00:00.000+07:00' },
      'key-not-valid-then',
    ],
    ['a programme', programme(40), {}, 'wrong-use'],
    ['anything else', { hello: 'สวัสดี' }, {}, 'malformed'],
    ['a key set', { format: 1, version: 2, roots: [], keys: [] }, {}, 'malformed'],
    [
      'a receipt with more in it',
      { device: 'hall-mae', up_to: 1, hash: '0'.repeat(64), kind: 'alert' },
      { uses: ['receipt'] },
      'malformed',
    ],
    [
      'a receipt with a place, whose page alone is signed',
      { device: 'hall-mae', up_to: 1, hash: '0'.repeat(64), page: { at: 0, of: 2, path: ['0'.repeat(64)] } },
      { uses: ['receipt'] },
      'malformed',
    ],
    [
      'a page of receipts with the key of announcements',
      { receipts: 2, root: '0'.repeat(64) },
      {},
      'wrong-use',
    ],
    [
      'a page of receipts with more in it',
      { receipts: 2, root: '0'.repeat(64), kind: 'alert' },
      { uses: ['receipt'] },
      'malformed',
    ],
    ['a page of one', { receipts: 1, root: '0'.repeat(64) }, { uses: ['receipt'] }, 'malformed'],
  ])('not %s', async (_what, document, scope, why) => {
    const desk = await holding(scope);
    await expect(desk.sign(document)).rejects.toMatchObject({ code: 'signer-refused', context: { why } });
    expect(told).toEqual([]);
  });

  it('a release never, whatever its scope says', async () => {
    const desk = await holding({ uses: ['release'], max_band: 90 });
    const release = {
      format: 1,
      area: '43',
      version: '0.2.0',
      by: 'x',
      issued_at: now(),
      share: 100,
      builds: {},
    };
    await expect(desk.sign(release)).rejects.toMatchObject({ code: 'signer-refused' });
  });

  it('what is inside, and writes it down', async () => {
    const desk = await holding({});
    expect(await desk.sign(announceTo(clock, ['430101', 'device/hall-mae']))).toHaveProperty(
      'signature.key',
      'key-0',
    );
    expect(told).toEqual(['key-0 announce']);
  });

  it('nothing that sounds where it cannot be written down; silence always', async () => {
    const desk = await holding({});
    full = true;
    await expect(desk.sign(announceTo(clock, ['43']))).rejects.toThrow('disk is full');
    await expect(desk.sign(stopOf(clock, ['43'], 'everything'))).resolves.toHaveProperty('signature');
  });
});

it('the newest key signs, once its time has come and the halls are told of it', async () => {
  const later = clock.wall() + 3_600_000;
  const desk = await holding({}, { use_from: later });
  const signer = async () => (await desk.sign(announceTo(clock, ['43']))).signature.key;
  expect(await signer()).toBe('key-0');
  await clock.advance(3_600_000);
  expect(await signer()).toBe('key-1');
  await desk.trust(['key-0']);
  expect(await signer()).toBe('key-0');
  await desk.trust([]);
  await expect(signer()).rejects.toMatchObject({ context: { why: 'unknown-key' } });
});

function alertTo(area: string) {
  return { ...announceTo(clock, [area]), kind: 'alert', band: 90 };
}
