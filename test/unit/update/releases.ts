import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import type { KeySet, KeyUse } from '../../../firmware-protocol/content/key-set.ts';
import type { Release, UnsignedRelease } from '../../../firmware-protocol/content/release.ts';
import {
  newKeyPair,
  publicKeyOf,
  type SigningKey,
  signatureOf,
  signed,
  signingKey,
} from '../../../firmware-protocol/content/signature.ts';

/** A Thursday morning at which nothing is due. */
export const NOW = Date.parse('2026-11-26T10:00:00+07:00');
export const VILLAGE = '43010102';
const HOUR_MS = 3_600_000;

export const key = (id: string): SigningKey => signingKey(id, newKeyPair().seed);

/** The key of the maintainers, and that of a server that may do all but replace programs. */
const RELEASE_KEY = key('release-1');
export const SERVER_KEY = key('server-1');

function scoped(signer: SigningKey, uses: KeyUse[], areas: string[]) {
  const { id } = signer;
  return {
    ...{ id, uses, areas, public: publicKeyOf(signer), max_band: 90 },
    not_before: instantOf(NOW - 1_000 * HOUR_MS),
    not_after: instantOf(NOW + 1_000 * HOUR_MS),
  };
}

export function keySet(areas = ['th']): KeySet {
  const root = key('root-1');
  const body = {
    format: 1 as const,
    version: 1,
    issued_at: instantOf(NOW - HOUR_MS),
    threshold: 1,
    roots: [{ id: root.id, public: publicKeyOf(root) }],
    keys: [scoped(RELEASE_KEY, ['release'], areas), scoped(SERVER_KEY, ['announce', 'programme'], ['th'])],
  };
  return { ...body, signatures: [signatureOf(body, root)] };
}

export function release(changes: Partial<UnsignedRelease> = {}, signer = RELEASE_KEY): Release {
  const body: UnsignedRelease = {
    format: 1,
    area: '43',
    version: '0.2.0',
    by: 'ทีมพัฒนา',
    issued_at: instantOf(NOW - HOUR_MS),
    not_before: instantOf(NOW - HOUR_MS),
    spread_minutes: 0,
    share: 100,
    least: '0.1.0',
    builds: { amd64: { manifest: 'ab'.repeat(32), bytes: 200 } },
    ...changes,
  };
  return signed(body, signer);
}

export const bytesOf = (document: object): Uint8Array => Buffer.from(JSON.stringify(document));
