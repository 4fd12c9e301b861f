import {
  type Claimed,
  type KeySet,
  refuseScope,
  type ScopedKey,
} from '../../firmware-protocol/content/key-set.ts';
import type { Signature } from '../../firmware-protocol/content/signature.ts';
import { verifies } from '../../firmware-protocol/content/signature.ts';
import type { RawDocument, Refused } from './document.ts';

/** The keys this device trusts now. One per agent; the key-set desk is the only one that changes it. */
export class Keyring {
  #set: KeySet;

  constructor(pinned: KeySet) {
    this.#set = pinned;
  }

  get set(): KeySet {
    return this.#set;
  }

  get version(): number {
    return this.#set.version;
  }

  trust(set: KeySet): void {
    this.#set = set;
  }
}

/** Why `signature` does not stand for `raw`: the key is not ours, or it did not sign these bytes. */
export function refuseSignature(set: KeySet, raw: RawDocument, signature: Signature): Refused | undefined {
  const key = keyOf(set, signature);
  if (key === undefined) return { refused: 'unknown-key', detail: signature.key };
  return verifies(raw, signature, key.public) ? undefined : { refused: 'bad-signature', detail: key.id };
}

/** Why the key, though it signed, had no right to say this here. Devices other than `self` are theirs to judge. */
export function refuseScopeHere(
  set: KeySet,
  signature: Signature,
  claimed: Claimed,
  self: { device: string; village: string },
): Refused | undefined {
  const to = claimed.to.filter(
    (target) => !target.startsWith('device/') || target === `device/${self.device}`,
  );
  const refused = refuseScope(set, signature.key, { ...claimed, to }, () => self.village);
  return refused === undefined ? undefined : { refused, detail: signature.key };
}

/** The key that a signature names; undefined = the set has none of that name. */
export function keyOf(set: KeySet, signature: Signature): ScopedKey | undefined {
  return set.keys.find((each) => each.id === signature.key);
}
