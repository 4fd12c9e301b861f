import { KeySet, refuseKeySet } from '../../firmware-protocol/content/key-set.ts';
import type { Via } from '../../firmware-protocol/content/report.ts';
import { HALL_TOPICS } from '../../firmware-protocol/mqtt/hall-topics.ts';
import type { Journal, Log, Store } from '../ports.ts';
import { isRefused, type Refused, readJson, shaped, type Verdict, viaOf } from './document.ts';
import type { Keyring } from './keyring.ts';

/** Highest version ever trusted: it survives a key set that was torn on the disk (invariant I4). */
const VERSION_FACT = 'keys-version';

export interface KeySetDeskNeeds {
  keyring: Keyring;
  store: Store;
  journal: Journal;
  log: Log;
  refuse: (refused: Refused) => void;
  /** Others are trusted from here on: what is held is judged by them. */
  changed: () => Promise<void>;
}

/** Takes key sets from the wire: only a later version, signed by the roots trusted now, and only once it is durable. */
export class KeySetDesk {
  readonly #needs: KeySetDeskNeeds;
  #highest = 0;

  constructor(needs: KeySetDeskNeeds) {
    this.#needs = needs;
  }

  /** Goes on from what the store kept; where that is lost, the set pinned at enrolment stays. */
  async load(): Promise<void> {
    const { store, keyring } = this.#needs;
    const kept = await store.keys();
    if (kept !== undefined && kept.version >= keyring.version) keyring.trust(kept);
    this.#highest = Math.max(Number((await store.fact(VERSION_FACT)) ?? 0), keyring.version);
  }

  /** Handles one arrival. Rejects with DeviceError when it cannot be made durable; then the old set stays. */
  async take(message: { payload: Uint8Array; via?: Via }): Promise<Verdict> {
    const { keyring, journal, log } = this.#needs;
    const next = this.#examine(message.payload);
    if (next === undefined) return 'had';
    if (isRefused(next)) {
      this.#needs.refuse({ what: 'keys', ...next, ...viaOf(message) });
      return next;
    }
    await journal.record([{ type: 'keys', version: next.version, ...viaOf(message) }], {
      keys: { raw: new TextDecoder().decode(message.payload), set: next },
      facts: { [VERSION_FACT]: String(next.version) },
    });
    this.#highest = next.version;
    keyring.trust(next);
    log.info({ version: next.version, keys: next.keys.length }, 'key set accepted');
    await this.#needs.changed();
    return 'taken';
  }

  /** The set to change to, why not, or undefined for the one we have: it is retained and comes with each connect. */
  #examine(payload: Uint8Array): KeySet | Refused | undefined {
    const { keyring } = this.#needs;
    const read = readJson(payload, HALL_TOPICS.keys.maxBytes);
    if (isRefused(read)) return read;
    const parsed = shaped(KeySet, read.raw);
    if (isRefused(parsed)) return parsed;
    const next = parsed.document;
    if (next.version === keyring.version && sameSet(next, keyring.set)) return undefined;
    if (next.version < this.#highest)
      return { refused: 'older', detail: `version ${next.version}, had ${this.#highest}` };
    const refused = refuseKeySet(read.raw, next, keyring.set);
    return refused === undefined ? next : { refused, detail: `version ${next.version}` };
  }
}

/** Both are of one schema, so their members stand in one order; what came may have no canonical form. */
function sameSet(a: KeySet, b: KeySet): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
