import { createHash, createPublicKey, verify } from 'node:crypto';
import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import type { ErrorName } from '../../firmware-protocol/serial/system.ts';
import { signedPart } from '../../firmware-protocol/serial/update.ts';

const NO_DIGEST = '0'.repeat(64);

export interface UpdateOptions {
  /** Public key of the maker, PEM. */
  key: string;
  /** Version that runs at first. */
  running?: number;
  mostBytes?: number;
}

/** The place for new firmware on a board; it outlives a loss of power (SPEC 9). */
export class BoardUpdate {
  readonly #key: string;
  readonly #mostBytes: number;
  #running: number;
  #image: { begun: FrameBody<'update-begin'>; kept: Uint8Array; received: number } | undefined;
  #isWhole = false;

  constructor({ key, running = 1, mostBytes = 1 << 16 }: UpdateOptions) {
    this.#key = key;
    this.#running = running;
    this.#mostBytes = mostBytes;
  }

  get running(): number {
    return this.#running;
  }

  begin(update: FrameBody<'update-begin'>): ErrorName | undefined {
    const signature = Buffer.from(update.signature, 'hex');
    if (!verify(null, signedPart(update), createPublicKey(this.#key), signature)) return 'bad-signature';
    if (update.version <= this.#running) return 'too-old';
    if (update.bytes === 0 || update.bytes > this.#mostBytes) return 'too-large';
    if (this.#image?.begun.digest === update.digest) return undefined;
    this.#image = { begun: update, kept: new Uint8Array(update.bytes), received: 0 };
    this.#isWhole = false;
    return undefined;
  }

  block({ offset, data }: FrameBody<'update-block'>): ErrorName | undefined {
    const image = this.#image;
    if (image === undefined || offset > image.received) return 'out-of-order';
    if (offset + data.length > image.begun.bytes) return 'out-of-bounds';
    if (offset < image.received || data.length === 0) return undefined;
    image.kept.set(data, offset);
    image.received += data.length;
    return image.received === image.begun.bytes ? this.#judge(image.begun.digest, image.kept) : undefined;
  }

  #judge(digest: string, image: Uint8Array): ErrorName | undefined {
    this.#isWhole = createHash('sha256').update(image).digest('hex') === digest;
    if (this.#isWhole) return undefined;
    this.#image = undefined;
    return 'bad-digest';
  }

  /** Undefined = the board restarts with it. */
  activate(digest: string, isOnAir: boolean): ErrorName | undefined {
    if (!this.#isWhole || this.#image?.begun.digest !== digest) return 'not-whole';
    if (isOnAir) return 'busy';
    this.#running = this.#image.begun.version;
    this.#image = undefined;
    this.#isWhole = false;
    return undefined;
  }

  state(): FrameBody<'update-state'> {
    return {
      state: this.#image === undefined ? 'none' : this.#isWhole ? 'whole' : 'receiving',
      digest: this.#image?.begun.digest ?? NO_DIGEST,
      bytes: this.#image?.begun.bytes ?? 0,
      received: this.#image?.received ?? 0,
      running: this.#running,
    };
  }
}
