import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import { KeySet, refuseKeySet, rootSignatures } from '../../firmware-protocol/content/key-set.ts';
import {
  newKeyPair,
  type PublicKey,
  publicKeyOf,
  type SigningKey,
  signatureOf,
  signingKey,
} from '../../firmware-protocol/content/signature.ts';
import { spaceOfKeys, TRAINING_KEYS } from '../../firmware-protocol/mqtt/topic-space.ts';
import { ServerError } from '../errors.ts';
import type { Clock, Random, Secrets } from '../ports.ts';
import { SERVER_USES } from '../signer/server-scope.ts';
import type { Database } from '../tables.ts';

/** The server's own key lives until it is rotated by a key set; a box in a drawer must still trust it when it wakes. */
const KEY_LIFE_YEARS = 10;
const YEAR_MS = 365 * 86_400_000;

type Purpose = 'root' | 'server';
type Body = Omit<KeySet, 'signatures'>;

export interface KeyNeeds {
  db: Pick<Database, 'keys'>;
  secrets: Secrets;
  clock: Pick<Clock, 'wall'>;
  random: Pick<Random, 'bytes'>;
  /** Keys of a training server, which no live one holds, and the other way round. */
  training?: boolean;
}

/**
 * The set that devices are given, made at the first start with its keys: a root that signs key sets and nothing else, and a
 * key for orders, programmes, receipts and time. The root may then be taken to a safe: it is needed for the next key set
 * only. Rejects `data-invalid` when it is not signed by its roots.
 */
export async function openKeySet(needs: KeyNeeds): Promise<KeySet> {
  const set = (await needs.db.keys.current()) ?? (await firstSet(needs));
  // What belongs to the other kind of server is not touched: its keys would be believed there.
  if (spaceOfKeys(set)?.training !== (needs.training ?? false))
    throw new ServerError('data-invalid', {
      context: { what: 'keys: training and live servers share nothing' },
    });
  if (rootSignatures(set, set.signatures, set.roots) < set.threshold)
    throw new ServerError('data-invalid', { context: { what: 'secrets, keys' } });
  return set;
}

/** Rejects `data-invalid` when none of these keys is known to the halls: they would not know the voice. */
export function refuseStrangers(set: KeySet, held: readonly { id: string; public: PublicKey }[]): void {
  const known = (one: { id: string; public: PublicKey }) =>
    set.keys.some((key) => key.id === one.id && key.public === one.public);
  if (!held.some(known)) throw new ServerError('data-invalid', { context: { what: 'secrets, keys' } });
}

/** A key is kept as `<id> <seed>`: the id is made with it, so that a successor never has the same one. */
function readKey(kept: string, purpose: Purpose): SigningKey {
  const [id, seed] = kept.split(' ');
  if (id === undefined || seed === undefined)
    throw new ServerError('data-invalid', { context: { what: `${purpose}-key` } });
  return signingKey(id, seed);
}

async function keptKey(secrets: Pick<Secrets, 'read'>, purpose: Purpose): Promise<SigningKey | undefined> {
  const kept = await secrets.read(`${purpose}-key`);
  return kept === undefined ? undefined : readKey(kept, purpose);
}

/** A start that was cut between the secrets and the database goes on with the keys it made, and servers that start at once with those of one. */
async function keptOrNewKey({ secrets, random, training }: KeyNeeds, purpose: Purpose): Promise<SigningKey> {
  const made = () => `${newKeyId(purpose, random, training ?? false)} ${newKeyPair().seed}`;
  return (await keptKey(secrets, purpose)) ?? readKey(await secrets.keep(`${purpose}-key`, made()), purpose);
}

export function newKeyId(name: string, random: Pick<Random, 'bytes'>, training: boolean): string {
  return `${training ? TRAINING_KEYS : ''}${name}-${Buffer.from(random.bytes(4)).toString('hex')}`;
}

async function firstSet(needs: KeyNeeds): Promise<KeySet> {
  const root = await keptOrNewKey(needs, 'root');
  const server = await keptOrNewKey(needs, 'server');
  const now = needs.clock.wall();
  const body: Body = {
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
        uses: [...SERVER_USES],
        max_band: 90,
        not_before: instantOf(now),
        not_after: longAfter(now),
      },
    ],
  };
  const set = KeySet.parse({ ...body, signatures: [signatureOf(body, root)] });
  try {
    await needs.db.keys.add(set);
    return set;
  } catch (error) {
    // A server that started together with this one was first, with the same keys.
    const theirs = await needs.db.keys.current();
    if (theirs === undefined) throw error;
    return theirs;
  }
}

/** When a key ends that nobody rotates. */
export function longAfter(now: number): string {
  return instantOf(now + KEY_LIFE_YEARS * YEAR_MS);
}

/**
 * The set after the current one, with other keys; signed by the root, which must be at hand. Rejects `data-invalid` where the
 * root is away or one root is not enough.
 */
export async function nextSet(
  { db, secrets, clock }: KeyNeeds,
  keysAfter: (keys: KeySet['keys'], now: number) => KeySet['keys'],
): Promise<KeySet> {
  const current = await db.keys.current();
  const root = await keptKey(secrets, 'root');
  if (current === undefined || root === undefined)
    throw new ServerError('data-invalid', { context: { what: 'root-key' } });
  const now = clock.wall();
  const { signatures: _before, ...rest } = current;
  const keys = keysAfter(current.keys, now);
  const body: Body = { ...rest, version: current.version + 1, issued_at: instantOf(now), keys };
  const set = KeySet.parse({ ...body, signatures: [signatureOf(body, root)] });
  // A set that names keys of both kinds of server would be trusted by neither's halls.
  if (refuseKeySet(set, set, current) !== undefined || spaceOfKeys(set) === undefined)
    throw new ServerError('data-invalid', { context: { what: 'root-key' } });
  await db.keys.add(set);
  return set;
}

/** The next set, in which `key` may sign releases to `areas`. A key of the same id is replaced. Rejects as `nextSet`. */
export function trustReleaseKey(
  needs: KeyNeeds,
  { id, public: publicKey }: { id: string; public: PublicKey },
  areas: AreaCode[],
): Promise<KeySet> {
  return nextSet(needs, (keys, now) => [
    ...keys.filter((key) => key.id !== id),
    {
      ...{ id, public: publicKey, areas, uses: ['release'], max_band: 0 },
      // A release may have been signed before this server heard of its key.
      not_before: instantOf(now - YEAR_MS),
      not_after: longAfter(now),
    },
  ]);
}
