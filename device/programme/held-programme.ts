import { claimsOfProgramme, type Programme } from '../../firmware-protocol/content/programme.ts';
import type { ReportEvent } from '../../firmware-protocol/content/report.ts';
import { type PublicKey, verifies } from '../../firmware-protocol/content/signature.ts';
import type { Refused } from '../keys/document.ts';
import { keyOf, refuseScopeHere } from '../keys/keyring.ts';
import type { Here } from '../orders/here.ts';
import type { Change, KeptProgramme } from '../ports.ts';

export interface Held {
  programme: Programme;
  /** Who signed it: another key may get the same id. */
  key: PublicKey | undefined;
}

/** What is held no more, and why. */
export interface Withdrawn {
  programme: Programme;
  refused: Refused;
}

/** Whose key signed what the disk kept; undefined = nobody's of this set. */
export function signerOf({ raw, programme }: KeptProgramme, keys: Here['keys']): PublicKey | undefined {
  const key = keyOf(keys, programme.signature)?.public;
  return key !== undefined && verifies(JSON.parse(raw), programme.signature, key) ? key : undefined;
}

/** Why its key would not be believed today. */
export function refuseHeld({ programme, key }: Held, here: Here): Refused | undefined {
  const { signature } = programme;
  if (key === undefined || keyOf(here.keys, signature)?.public !== key)
    return { refused: 'unknown-key', detail: signature.key };
  return refuseScopeHere(here.keys, signature, claimsOfProgramme(programme), here);
}

export function told({ programme: { area, version }, refused: { refused, detail } }: Withdrawn): ReportEvent {
  return {
    ...{ type: 'refused', what: `programme/${area}`, reason: refused, count: 1 },
    detail: `held version ${version}, signed by ${detail}`,
  };
}

export function nameOf({
  programme: { area, version },
}: Withdrawn): NonNullable<Change['withdrawn']>[number] {
  return { area, version };
}
