import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { replaceFile } from '../../device/drivers/atomic-file.ts';
import {
  newKeyPair,
  PublicKey,
  publicKeyOf,
  type SigningKey,
  signingKey,
} from '../../firmware-protocol/content/signature.ts';
import { unreadable, unwritable } from '../cli/named-files.ts';
import { Failed } from '../cli.ts';

/** The public half, for `prakat release trust`. */
export const PublicHalf = z.strictObject({ id: z.string().min(1).max(64), public: PublicKey });
const SecretKey = z.strictObject({ id: z.string().min(1).max(64), seed: PublicKey });

/** Makes a key in two files: `<path>` for its holder alone, `<path>.pub` for every server. */
export async function makeKey(path: string, id: string): Promise<z.infer<typeof PublicHalf>> {
  const isThere = await readFile(path).then(
    () => true,
    () => false,
  );
  // Halls that trust the key before would be cut off from updates.
  if (isThere)
    throw new Failed({ en: `${path} is there already`, th: `มีไฟล์ ${path} อยู่แล้ว` }, { code: 'key-there' });
  const { seed, publicKey } = newKeyPair();
  await replaceFile(path, `${JSON.stringify({ id, seed })}\n`, 0o600).catch(unwritable(path));
  const half = { id, public: publicKey };
  await replaceFile(`${path}.pub`, `${JSON.stringify(half)}\n`, 0o644).catch(unwritable(`${path}.pub`));
  return half;
}

/** Rejects with Failed that never quotes the file: it holds a secret. */
export async function readKey(path: string): Promise<SigningKey> {
  const text = await readFile(path, 'utf8').catch(unreadable(path));
  try {
    const { id, seed } = SecretKey.parse(JSON.parse(text));
    const key = signingKey(id, seed);
    publicKeyOf(key);
    return key;
  } catch {
    throw new Failed(
      { en: `${path} is no release key`, th: `ไฟล์ ${path} ไม่ใช่กุญแจลงนามรุ่น` },
      { code: 'no-key' },
    );
  }
}
