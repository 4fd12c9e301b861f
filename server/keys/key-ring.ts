import { instantOf } from '../../firmware-protocol/content/instant.ts';
import { KEY_USES, KeySet, rootSignatures } from '../../firmware-protocol/content/key-set.ts';
import {
  newKeyPair,
  publicKeyOf,
  type SigningKey,
  signatureOf,
  signed,
  signingKey,
} from '../../firmware-protocol/content/signature.ts';
import { ServerError } from '../errors.ts';
import type { Clock, Random, Secrets, Signer } from '../ports.ts';
import type { Database } from '../tables.ts';

/** The server's own key lives until it is rotated by a key set; a box in a drawer must still trust it when it wakes. */
const KEY_LIFE_YEARS = 10;
const YEAR_MS = 365 * 86_400_000;

export interface KeyRing {
  signer: Signer;
  /** The set that devices are given; published retained. */
  set: KeySet;
}

/**
 * Opens the server's keys, making them at the first start: a root that signs key sets and nothing else, and a key for
 * orders, programmes, receipts and time. Seeds never leave `secrets`. Rejects `data-invalid` when seeds and key set do
 * not belong together: going on would speak to devices with a voice that they do not know.
 */
export async function openKeyRing(needs: {
  db: Database;
  secrets: Secrets;
  clock: Clock;
  random: Random;
}): Promise<KeyRing> {
  const root = await keyNamed(needs, 'root');
  const server = await keyNamed(needs, 'server');
  const set = (await needs.db.keys.current()) ?? (await firstSet(needs.db, root, server, needs.clock.wall()));
  const trusted = rootSignatures(set, set.signatures, set.roots) >= set.threshold;
  const known = set.keys.some((key) => key.id === server.id && key.public === publicKeyOf(server));
  if (!trusted || !known) throw new ServerError('data-invalid', { context: { what: 'secrets, keys' } });
  return { signer: { sign: async (document) => signed(document, server) }, set };
}

/** A key is kept as `<id> <seed>`: the id is made with it, so that a successor never has the same one. */
async function keyNamed(
  { secrets, random }: { secrets: Secrets; random: Random },
  purpose: 'root' | 'server',
): Promise<SigningKey> {
  const file = `${purpose}-key`;
  const kept = await secrets.read(file);
  if (kept !== undefined) {
    const [id, seed] = kept.split(' ');
    if (id === undefined || seed === undefined)
      throw new ServerError('data-invalid', { context: { what: file } });
    return signingKey(id, seed);
  }
  const id = `${purpose}-${Buffer.from(random.bytes(4)).toString('hex')}`;
  const { seed } = newKeyPair();
  await secrets.write(file, `${id} ${seed}`);
  return signingKey(id, seed);
}

async function firstSet(db: Database, root: SigningKey, server: SigningKey, now: number): Promise<KeySet> {
  const body = {
    format: 1 as const,
    version: 1,
    issued_at: instantOf(now),
    threshold: 1,
    roots: [{ id: root.id, public: publicKeyOf(root) }],
    keys: [
      {
        id: server.id,
        public: publicKeyOf(server),
        areas: ['th'],
        uses: [...KEY_USES],
        max_band: 90,
        not_before: instantOf(now),
        not_after: instantOf(now + KEY_LIFE_YEARS * YEAR_MS),
      },
    ],
  };
  const set = KeySet.parse({ ...body, signatures: [signatureOf(body, root)] });
  await db.keys.add(set);
  return set;
}
