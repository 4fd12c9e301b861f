import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import type { KeySet, ScopedKey } from '../../firmware-protocol/content/key-set.ts';
import { newKeyPair } from '../../firmware-protocol/content/signature.ts';
import { ServerError } from '../errors.ts';
import { heldKeys, type KeptKey, keepKeys, keptKeys } from '../signer/held-keys.ts';
import { ROTATED_SCOPES, type RotatedName } from '../signer/server-scope.ts';
import { type KeyNeeds, longAfter, newKeyId, nextSet } from './key-ring.ts';

const DAY_MS = 86_400_000;

export const ROTATION = {
  /** Longer than the 30 days a hall may be without a line: it comes back to a voice that it knows. */
  overlapDays: 35,
  /** Until the halls that have a line have the new set; who has none gets it with the first message at its return. */
  useAfterMinutes: 60,
  /** What a retired key signed (programmes live 60 days) must stay readable in the halls. */
  forgetAfterDays: 60,
} as const;

export interface Rotation {
  set: KeySet;
  /** Ids of the new keys, and of those that end after the overlap. */
  made: string[];
  retiring: string[];
}

/**
 * New keys for orders and programmes, one for every day and one for alarms, to `areas`. They are known at once and used an
 * hour later; the old ones are valid for an overlap. Rejects `data-invalid` where the root is away.
 */
export async function rotateKeys(needs: KeyNeeds, areas: AreaCode[] | undefined): Promise<Rotation> {
  const now = needs.clock.wall();
  const before = await ownKeys(needs);
  const made = newKeys(needs, areas ?? areasOf(before), now + ROTATION.useAfterMinutes * 60_000);
  await keepBeside(needs, made);
  const ends = instantOf(now + ROTATION.overlapDays * DAY_MS);
  const retiring = before
    .filter(({ not_after }) => epochMsOf(not_after) > epochMsOf(ends))
    .map(({ id }) => id);
  const set = await nextSet(needs, (keys) => [
    ...keys
      .filter(({ not_after }) => epochMsOf(not_after) > now - ROTATION.forgetAfterDays * DAY_MS)
      .map((key) => (retiring.includes(key.id) ? { ...key, not_after: ends } : key)),
    ...made.map(({ scope }) => scope),
  ]);
  return { set, made: made.map(({ scope }) => scope.id), retiring };
}

/**
 * Takes a key out at once: halls refuse what it signed as soon as they have the set. Where it was our own, others take its
 * place without waiting. Rejects `unknown-key`, and `data-invalid` where the root is away.
 */
export async function revokeKey(needs: KeyNeeds, id: string): Promise<Rotation> {
  const current = await needs.db.keys.current();
  const revoked = current?.keys.find((key) => key.id === id);
  if (revoked === undefined) throw new ServerError('unknown-key', { context: { key: id } });
  const now = needs.clock.wall();
  const own = await ownKeys(needs);
  const made = own.some((key) => key.id === id) ? newKeys(needs, revoked.areas, now) : [];
  await keepBeside(needs, made);
  const set = await nextSet(needs, (keys) => [
    ...keys.filter((key) => key.id !== id),
    ...made.map(({ scope }) => scope),
  ]);
  return { set, made: made.map(({ scope }) => scope.id), retiring: [] };
}

/** Of the current set, those whose private half is here. */
async function ownKeys({ db, secrets, training }: KeyNeeds): Promise<ScopedKey[]> {
  const held = new Set((await heldKeys(secrets, training)).map(({ key }) => key.id));
  return ((await db.keys.current())?.keys ?? []).filter(({ id }) => held.has(id));
}

function areasOf(keys: ScopedKey[]): AreaCode[] {
  return [...new Set(keys.flatMap(({ areas }) => areas))];
}

function newKeys({ random, clock, training }: KeyNeeds, areas: AreaCode[], useFrom: number): KeptKey[] {
  const now = clock.wall();
  return (Object.keys(ROTATED_SCOPES) as RotatedName[]).map((name) => {
    const { publicKey, seed } = newKeyPair();
    const { uses, max_band } = ROTATED_SCOPES[name];
    const scope: ScopedKey = {
      ...{
        id: newKeyId(name, random, training ?? false),
        public: publicKey,
        areas,
        uses: [...uses],
        max_band,
      },
      ...{ not_before: instantOf(now), not_after: longAfter(now) },
    };
    return { seed, use_from: useFrom, scope };
  });
}

/** First the private halves: a set that names a key which nobody holds would be a voice that is never heard. */
async function keepBeside({ db, secrets }: KeyNeeds, made: KeptKey[]): Promise<void> {
  const named = new Set((await db.keys.current())?.keys.map(({ id }) => id));
  const kept = (await keptKeys(secrets)).filter(({ scope }) => named.has(scope.id));
  await keepKeys(secrets, [...kept, ...made]);
}
