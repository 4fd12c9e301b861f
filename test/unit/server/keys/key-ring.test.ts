import { beforeEach, expect, it } from 'vitest';
import { refuseScope, rootSignatures } from '../../../../firmware-protocol/content/key-set.ts';
import { verifies } from '../../../../firmware-protocol/content/signature.ts';
import { openDatabase } from '../../../../server/drivers/database/database.ts';
import { openKeySet, refuseStrangers } from '../../../../server/keys/key-ring.ts';
import { SignerDesk } from '../../../../server/signer/signer-desk.ts';
import { HandClock } from '../hand-clock.ts';
import { announceTo, secretsInMemory, seededRandom } from '../office.ts';

async function place() {
  const secrets = secretsInMemory();
  return { db: await openDatabase(':memory:'), secrets, clock: new HandClock(), random: seededRandom() };
}
let needs: Awaited<ReturnType<typeof place>>;
async function openKeyRing(from: typeof needs) {
  const set = await openKeySet(from);
  const signer = await SignerDesk.open({ ...from, tell: () => {} });
  refuseStrangers(set, await signer.publics());
  return { set, signer };
}
beforeEach(async () => {
  needs = await place();
});

it('the first start makes a root and a signing key; the set is signed by the root', async () => {
  const { set } = await openKeyRing(needs);
  expect(set).toMatchObject({ version: 1, threshold: 1 });
  expect(rootSignatures(set, set.signatures, set.roots)).toBe(1);
  expect([...needs.secrets.kept.keys()].sort()).toEqual(['root-key', 'server-key']);
});

it('what it signs is verified by the set, in the whole country, now and after ten years less a day', async () => {
  const { signer, set } = await openKeyRing(needs);
  const document = await signer.sign(announceTo(needs.clock, ['th']));
  expect(verifies(document, document.signature, set.keys[0]?.public ?? '')).toBe(true);
  const at = (iso: string) =>
    refuseScope(
      set,
      document.signature.key,
      { use: 'alert', band: 90, to: ['th'], at: iso },
      () => undefined,
    );
  expect(at('2026-11-13T09:00:00+07:00')).toBeUndefined();
  expect(at('2036-11-09T09:00:00+07:00')).toBeUndefined();
  expect(at('2036-11-13T09:00:00+07:00')).toBe('key-not-valid-then');
});

it('the next start has the same voice', async () => {
  const first = await openKeyRing(needs);
  const second = await openKeyRing(needs);
  expect(second.set).toEqual(first.set);
  const order = announceTo(needs.clock, ['th']);
  expect(await second.signer.sign(order)).toEqual(await first.signer.sign(order));
});

it('the root may be taken to a safe', async () => {
  const first = await openKeyRing(needs);
  needs.secrets.kept.delete('root-key');
  expect((await openKeyRing(needs)).set).toEqual(first.set);
  expect(needs.secrets.kept.has('root-key')).toBe(false);
});

it('a lost server key is said, not replaced: the halls would not know it', async () => {
  await openKeyRing(needs);
  needs.secrets.kept.delete('server-key');
  await expect(openKeyRing(needs)).rejects.toMatchObject({ code: 'data-invalid' });
});
