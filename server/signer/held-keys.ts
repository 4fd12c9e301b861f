import { z } from 'zod';
import { ScopedKey } from '../../firmware-protocol/content/key-set.ts';
import { publicKeyOf, type SigningKey, signingKey } from '../../firmware-protocol/content/signature.ts';
import { isTrainingKey } from '../../firmware-protocol/mqtt/topic-space.ts';
import { ServerError } from '../errors.ts';
import type { Secrets } from '../ports.ts';
import { SERVER_SCOPE } from './server-scope.ts';

/** A private half, with the scope that its holder keeps to, whoever asks. */
export interface HeldKey {
  key: SigningKey;
  scope: ScopedKey;
  /** Before this, halls may not know it: an older one signs. Epoch ms. */
  useFrom: number;
}

const FILE = 'signing-keys';
const Kept = z.array(z.strictObject({ seed: z.string(), use_from: z.int(), scope: ScopedKey }));
export type KeptKey = z.infer<typeof Kept>[number];

/** All keys of the server: the one of its first start (`server-key`), and those that came by rotation. Rejects `data-invalid`. */
export async function heldKeys(secrets: Pick<Secrets, 'read'>, training = false): Promise<HeldKey[]> {
  const first = await secrets.read('server-key');
  const later = (await keptKeys(secrets)).map(({ seed, use_from, scope }) => ({
    key: signingKey(scope.id, seed),
    scope,
    useFrom: use_from,
  }));
  const all = first === undefined ? later : [firstKey(first), ...later];
  // A training signer never has a live key in its hands, nor a live one a training key.
  if (all.some(({ key }) => isTrainingKey(key.id) !== training))
    throw new ServerError('data-invalid', {
      context: { what: 'secrets: training and live servers share nothing' },
    });
  return all;
}

export async function keptKeys(secrets: Pick<Secrets, 'read'>): Promise<KeptKey[]> {
  const text = await secrets.read(FILE);
  if (text === undefined) return [];
  try {
    return Kept.parse(JSON.parse(text));
  } catch (cause) {
    throw new ServerError('data-invalid', { context: { what: FILE }, cause });
  }
}

export function keepKeys(secrets: Pick<Secrets, 'write'>, keys: KeptKey[]): Promise<void> {
  return secrets.write(FILE, JSON.stringify(keys));
}

/** `<id> <seed>`, as the first start wrote it. */
function firstKey(kept: string): HeldKey {
  const [id, seed] = kept.split(' ');
  if (id === undefined || seed === undefined)
    throw new ServerError('data-invalid', { context: { what: 'server-key' } });
  const key = signingKey(id, seed);
  return { key, scope: { ...SERVER_SCOPE, id, public: publicKeyOf(key) }, useFrom: 0 };
}
