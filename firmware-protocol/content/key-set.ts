import { z } from 'zod';
import { AreaCode, contains, deviceOf, type Target } from './area.ts';
import { epochMsOf, Instant } from './instant.ts';
import { PublicKey, Signature, verifies } from './signature.ts';

/** What a key may sign. Receipts and time are signed too: the broker may not make a device forget its proof. */
export const KEY_USES = [
  'announce',
  'alert',
  'test',
  'stop',
  'all-clear',
  'programme',
  'receipt',
  'time',
  'release',
] as const;
export const KeyUse = z.enum(KEY_USES);
export type KeyUse = z.infer<typeof KeyUse>;

/** One signing key and its scope. */
export const ScopedKey = z.object({
  id: z.string().min(1).max(64),
  public: PublicKey,
  /** Areas it may speak to, with all that lies below them. */
  areas: z.array(AreaCode).min(1).max(1_000),
  /** Of KEY_USES; open, for a set in which a newer server names a use that this reader does not know must not be lost. */
  uses: z
    .array(z.string().regex(/^[a-z-]{1,32}$/))
    .min(1)
    .max(64),
  /** The highest band it may use. */
  max_band: z.int().min(0).max(90),
  not_before: Instant,
  not_after: Instant,
});
export type ScopedKey = z.infer<typeof ScopedKey>;

export const RootKey = z.object({ id: z.string().min(1).max(64), public: PublicKey });
export type RootKey = z.infer<typeof RootKey>;

/**
 * The keys a device trusts, versioned. Roots sign key sets and nothing else; version n+1 must carry `threshold`
 * signatures of the roots named in version n, and in itself (as TUF 1.0, 5.3.4).
 */
export const KeySet = z
  .object({
    format: z.literal(1),
    version: z.int().min(1),
    issued_at: Instant,
    threshold: z.int().min(1).max(8),
    roots: z.array(RootKey).min(1).max(8),
    keys: z.array(ScopedKey).max(5_000),
    signatures: z.array(Signature).min(1).max(8),
  })
  // A set that no set of signatures could ever follow would lock every device in.
  .refine((set) => set.threshold <= set.roots.length, { message: 'more than all roots', path: ['threshold'] })
  // One holder under two names would count as two.
  .refine((set) => areDistinct(set.roots.flatMap((root) => [root.id, root.public])), {
    message: 'a root id or key is named twice',
    path: ['roots'],
  })
  .refine((set) => areDistinct(set.keys.map((key) => key.id)), {
    message: 'a key id is used twice',
    path: ['keys'],
  });
export type KeySet = z.infer<typeof KeySet>;

function areDistinct(names: string[]): boolean {
  return new Set(names).size === names.length;
}

/** How many distinct roots of `trusted` signed `document`. `document` is the raw JSON as received. */
export function rootSignatures(document: object, signatures: Signature[], trusted: RootKey[]): number {
  return trusted.filter((root) =>
    signatures.some((each) => each.key === root.id && verifies(document, each, root.public)),
  ).length;
}

export type KeySetRefusal = 'older' | 'too-few-signatures';

/** Whether `next` (raw JSON `raw`) may follow `current`; undefined = yes. The very same version is `older`. */
export function refuseKeySet(raw: object, next: KeySet, current: KeySet): KeySetRefusal | undefined {
  if (next.version <= current.version) return 'older';
  const byCurrent = rootSignatures(raw, next.signatures, current.roots) >= current.threshold;
  const byItself = rootSignatures(raw, next.signatures, next.roots) >= next.threshold;
  return byCurrent && byItself ? undefined : 'too-few-signatures';
}

/** What a signed document asks of its key. */
export interface Claimed {
  use: KeyUse;
  band: number;
  to: Target[];
  at: Instant;
}

export type ScopeRefusal =
  | 'unknown-key'
  | 'key-not-valid-then'
  | 'wrong-use'
  | 'band-too-high'
  | 'outside-area';

/** Why key `id` may not sign `claimed`; undefined = it may. A single device is inside an area by `areaOfDevice`. */
export function refuseScope(
  set: KeySet,
  id: string,
  claimed: Claimed,
  areaOfDevice: (device: string) => AreaCode | undefined,
): ScopeRefusal | undefined {
  const key = set.keys.find((each) => each.id === id);
  return key === undefined ? 'unknown-key' : refuseKey(key, claimed, areaOfDevice);
}

/** The same of one key. */
export function refuseKey(
  key: ScopedKey,
  claimed: Claimed,
  areaOfDevice: (device: string) => AreaCode | undefined,
): ScopeRefusal | undefined {
  const at = epochMsOf(claimed.at);
  if (at < epochMsOf(key.not_before) || at > epochMsOf(key.not_after)) return 'key-not-valid-then';
  if (!key.uses.includes(claimed.use)) return 'wrong-use';
  if (claimed.band > key.max_band) return 'band-too-high';
  const inside = claimed.to.every((target) => {
    const device = deviceOf(target);
    const area = device === undefined ? target : areaOfDevice(device);
    return area !== undefined && key.areas.some((outer) => contains(outer, area));
  });
  return inside ? undefined : 'outside-area';
}
