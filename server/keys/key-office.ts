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
  /** Signs anew what these keys signed and halls still hold: they are trusted no more. */
  signAnew: (keys: ReadonlySet<string>) => Promise<void>;
  clock: Pick<Clock, 'after'>;
  log: Log;
}

/** Hands out the key set, retained, and follows it when it is rotated: first the halls, then the signer, then what is kept. */
export class KeyOffice {
  readonly #needs: Needs;
  #set: KeySet;
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

  /** Whether there is a later set; then it is in force. */
  async look(): Promise<void> {
    const { keys, signer, signAnew, log } = this.#needs;
    const next = await keys.current();
    if (next === undefined || next.version <= this.#set.version) return;
    const left = new Set(next.keys.map(({ id }) => id));
    const gone = this.#set.keys.map(({ id }) => id).filter((id) => !left.has(id));
    this.#set = next;
    await this.publish().catch((error: unknown) => {
      // Whoever comes to the broker when it is back gets it first of all.
      if (!isServerError(error, 'broker-down')) throw error;
    });
    await signer.trust([...left]);
    log.info({ version: next.version, gone }, 'a new key set is in force');
    if (gone.length > 0) await signAnew(new Set(gone));
  }
}
