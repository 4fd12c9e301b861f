import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { type BoardImage, readManifest } from '../../device/board/board-image.ts';
import { isDeviceError } from '../../device/errors.ts';
import { unreadable } from '../cli/named-files.ts';
import { Failed } from '../cli.ts';
import { deviceFailure } from '../operator/device-failure.ts';

const OWNER_ONLY = 0o600;

export async function bytesOfFile(path: string): Promise<Buffer> {
  return await readFile(path).catch(unreadable(path));
}

/** An image with what was signed of it. Rejects with Failed. */
export async function imageOf(imagePath: string, manifestPath: string): Promise<BoardImage> {
  const data = await bytesOfFile(imagePath);
  const json = (await bytesOfFile(manifestPath)).toString('utf8');
  try {
    return { ...readManifest(json), data };
  } catch (error) {
    throw deviceFailure(error);
  }
}

/** The maker's private key; nothing of it is ever said. */
export async function signingKey(path: string): Promise<KeyObject> {
  const pem = await bytesOfFile(path);
  const key = asKey(pem);
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw new Failed(
    { en: `${path} is not an Ed25519 private key (PEM)`, th: `${path} ไม่ใช่กุญแจลับ Ed25519 (PEM)` },
    { code: 'key-invalid' },
  );
}

function asKey(pem: Buffer): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

/** A new key of a maker, for its owner's eyes only; a file that is there is never written over. Returns the public half, PEM. */
export async function makeKey(path: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeNew(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), OWNER_ONLY);
  return publicHalf(privateKey);
}

export function publicHalf(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
}

async function writeNew(path: string, text: string, mode: number): Promise<void> {
  await writeFile(path, text, { mode, flag: 'wx' }).catch((cause: unknown) => {
    throw new Failed(
      { en: `${path} cannot be written, or is there already`, th: `เขียน ${path} ไม่ได้ หรือมีไฟล์นี้อยู่แล้ว` },
      { code: 'file-unwritable', cause },
    );
  });
}

export async function writeManifest(path: string, manifest: object): Promise<void> {
  await writeFile(path, `${JSON.stringify(manifest, undefined, 2)}\n`).catch((cause: unknown) => {
    throw new Failed(
      { en: `cannot write ${path}`, th: `เขียน ${path} ไม่ได้` },
      { code: 'file-unwritable', cause },
    );
  });
}

/** What a board says no with, in words for the technician (SPEC 9). */
export function updateFailure(error: unknown): unknown {
  const why = isDeviceError(error, 'panel-refused') ? String(error.context.why) : '';
  const words = WHY.get(why);
  return words === undefined ? deviceFailure(error) : new Failed(words, { code: why });
}

const WHY = new Map([
  [
    'bad-signature',
    {
      en: 'the board does not know the key that signed this image',
      th: 'บอร์ดไม่รู้จักกุญแจที่ลงนามไฟล์นี้',
    },
  ],
  ['bad-digest', { en: 'the image is not the one that was signed', th: 'ไฟล์เฟิร์มแวร์ไม่ตรงกับที่ลงนามไว้' }],
  ['too-old', { en: 'the board runs this version already, or a newer one', th: 'บอร์ดใช้รุ่นนี้หรือรุ่นใหม่กว่าอยู่แล้ว' }],
  ['too-large', { en: 'the image is larger than the board', th: 'ไฟล์ใหญ่เกินบอร์ด' }],
  [
    'amplifier-on',
    {
      en: 'the amplifier is on: new firmware would cut the announcement off',
      th: 'เครื่องขยายเสียงเปิดอยู่ หากอัปเดตเสียงจะขาด',
    },
  ],
  [
    'old-version-runs',
    {
      en: 'the new firmware did not come up, and the board went back to the old one',
      th: 'เฟิร์มแวร์ใหม่ไม่ทำงาน บอร์ดกลับไปใช้รุ่นเดิม',
    },
  ],
]);
