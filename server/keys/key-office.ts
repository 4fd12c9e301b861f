import type { KeySet } from '../../firmware-protocol/content/key-set.ts';
import { topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { isServerError } from '../errors.ts';
import type { Broker, Clock, Log } from '../ports.ts';
import type { KeyedSigner } from '../signer/signer-port.ts';
import type { KeyTable } from '../tables.ts';

const KEY_OFFICE_TIMES = {
  /** A set that the command line made beside the running server goes out within so long. */
  look_ms: 5_000,
} as const;

interface Needs {
  keys: Pick<KeyTable, 'current'>;
  signer: Pick<KeyedSigner, 'trust'>;
  broker: Pick<Broker, 'publish'>;
  /** Other keys are trusted, and sign: what is kept goes by them. */
  changed: () => Promise<void>;
  clock: Pick<Clock, 'after'>;
  log: Log;
}

/** Hands out the key set, retained, and follows it when it is rotated: first the halls, then the signer, then what is kept. */
export class KeyOffice {
  readonly #needs: Needs;
  #set: KeySet;
  /** Signer and documents go by the set as well. */
  #isFollowed = true;
  #cancelLook: () => void = () => {};
  #looking: Promise<void> = Promise.resolve();

  constructor(needs: Needs, set: KeySet) {
    this.#needs = needs;
    this.#set = set;
  }

  current(): KeySet {
    return this.#set;
  }

  start(): void {
    this.#cancelLook = this.#needs.clock.after(KEY_OFFICE_TIMES.look_ms, () => {
      this.#looking = this.look()
        .catch((error: unknown) => this.#needs.log.error({ error }, 'the key set could not be followed'))
        .finally(() => this.start());
    });
  }

  async stop(): Promise<void> {
    this.#cancelLook();
    await this.#looking;
    this.#cancelLook();
  }

  /** Rejects `broker-down`. */
  async publish(): Promise<void> {
    await this.#needs.broker.publish({
      topic: topicOf('keys', {}),
      payload: Buffer.from(JSON.stringify(this.#set)),
      qos: 1,
      retained: true,
    });
  }

  /** Whether there is a later set; then it is in force. What could not follow it at once does so at the next look. */
  async look(): Promise<void> {
    const next = await this.#needs.keys.current();
    if (next !== undefined && next.version > this.#set.version) await this.#goOnTo(next);
    if (!this.#isFollowed) await this.#follow();
  }

  async #goOnTo(next: KeySet): Promise<void> {
    const left = new Set(next.keys.map(({ id }) => id));
    const gone = this.#set.keys.map(({ id }) => id).filter((id) => !left.has(id));
    this.#set = next;
    this.#isFollowed = false;
    await this.publish().catch((error: unknown) => {
      // Whoever comes to the broker when it is back gets it first of all.
      if (!isServerError(error, 'broker-down')) throw error;
    });
    this.#needs.log.info({ version: next.version, gone }, 'a new key set is in force');
  }

  async #follow(): Promise<void> {
    const { signer, changed } = this.#needs;
    await signer.trust(this.#set.keys.map(({ id }) => id));
    await changed();
    this.#isFollowed = true;
  }
}
