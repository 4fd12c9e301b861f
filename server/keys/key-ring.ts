import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import { KEY_USES, KeySet, refuseKeySet, rootSignatures } from '../../firmware-protocol/content/key-set.ts';
import {
  newKeyPair,
  type PublicKey,
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

/** All but `release`: who takes over a server speaks to villages until the roots say otherwise, but replaces no program. */
const SERVER_USES = KEY_USES.filter((use) => use !== 'release');

type Purpose = 'root' | 'server';

interface Needs {
  db: Database;
  secrets: Secrets;
  clock: Clock;
  random: Random;
}

export interface KeyRing {
  signer: Signer;
  /** The set that devices are given; published retained. */
  set: KeySet;
}

/**
 * Opens the server's keys, making them at the first start: a root that signs key sets and nothing else, and a key for
 * orders, programmes, receipts and time. The root may then be taken to a safe: it is needed for the next key set only.
 * Rejects `data-invalid` when key and key set do not belong together: the halls would not know the voice.
 */
export async function openKeyRing(needs: Needs): Promise<KeyRing> {
  const set = (await needs.db.keys.current()) ?? (await firstSet(needs));
  const server = await keptKey(needs.secrets, 'server');
  const trusted = rootSignatures(set, set.signatures, set.roots) >= set.threshold;
  const known = set.keys.some((key) => key.id === server?.id && key.public === publicKeyOf(server));
  if (server === undefined || !trusted || !known)
    throw new ServerError('data-invalid', { context: { what: 'secrets, keys' } });
  return { signer: { sign: async (document) => signed(document, server) }, set };
}

/** A key is kept as `<id> <seed>`: the id is made with it, so that a successor never has the same one. */
async function keptKey(secrets: Secrets, purpose: Purpose): Promise<SigningKey | undefined> {
  const kept = await secrets.read(`${purpose}-key`);
  if (kept === undefined) return undefined;
  const [id, seed] = kept.split(' ');
  if (id === undefined || seed === undefined)
    throw new ServerError('data-invalid', { context: { what: `${purpose}-key` } });
  return signingKey(id, seed);
}

/** A start that was cut between the secrets and the database goes on with the keys it made. */
async function keptOrNewKey({ secrets, random }: Needs, purpose: Purpose): Promise<SigningKey> {
  const kept = await keptKey(secrets, purpose);
  if (kept !== undefined) return kept;
  const id = `${purpose}-${Buffer.from(random.bytes(4)).toString('hex')}`;
  const { seed } = newKeyPair();
  await secrets.write(`${purpose}-key`, `${id} ${seed}`);
  return signingKey(id, seed);
}

async function firstSet(needs: Needs): Promise<KeySet> {
  const root = await keptOrNewKey(needs, 'root');
  const server = await keptOrNewKey(needs, 'server');
  const now = needs.clock.wall();
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
        uses: SERVER_USES,
        max_band: 90,
        not_before: instantOf(now),
        not_after: instantOf(now + KEY_LIFE_YEARS * YEAR_MS),
      },
    ],
  };
  const set = KeySet.parse({ ...body, signatures: [signatureOf(body, root)] });
  await needs.db.keys.add(set);
  return set;
}

/**
 * The set after the current one, in which `key` may sign releases to `areas`; signed by the root, which must be at hand.
 * A key of the same id is replaced. Rejects `data-invalid` where the root is away or one root is not enough.
 */
export async function trustReleaseKey(
  { db, secrets, clock }: Needs,
  { id, public: publicKey }: { id: string; public: PublicKey },
  areas: AreaCode[],
): Promise<KeySet> {
  const current = await db.keys.current();
  const root = await keptKey(secrets, 'root');
  if (current === undefined || root === undefined)
    throw new ServerError('data-invalid', { context: { what: 'root-key' } });
  const now = clock.wall();
  const { signatures: _before, ...rest } = current;
  const body = {
    ...rest,
    version: current.version + 1,
    issued_at: instantOf(now),
    keys: [
      ...current.keys.filter((key) => key.id !== id),
      {
        ...{ id, public: publicKey, areas, uses: ['release'], max_band: 0 },
        // A release may have been signed before this server heard of its key.
        not_before: instantOf(now - YEAR_MS),
        not_after: instantOf(now + KEY_LIFE_YEARS * YEAR_MS),
      },
    ],
  };
  const set = KeySet.parse({ ...body, signatures: [signatureOf(body, root)] });
  if (refuseKeySet(set, set, current) !== undefined)
    throw new ServerError('data-invalid', { context: { what: 'root-key' } });
  await db.keys.add(set);
  return set;
}
