import { ServerError } from '../errors.ts';
import { OneAtATime } from '../one-at-a-time.ts';

export interface QueueLimits {
  waiting: number;
  /** A slow sender, or a stolen password, keeps nobody else from uploading. */
  waitingOfOne: number;
}

/** Uploads are received side by side and prepared one at a time; what would wait too long is refused at once. */
export class UploadQueue {
  readonly #limits: QueueLimits;
  readonly #preparing = new OneAtATime();
  /** Who sent what is being received or waits to be prepared. */
  readonly #waiting: string[] = [];

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** Room for one upload while `work` lasts. Rejects `busy`, and as `work` does. */
  async enter<T>(by: string, work: () => Promise<T>): Promise<T> {
    const own = this.#waiting.filter((each) => each === by).length;
    if (this.#waiting.length >= this.#limits.waiting || own >= this.#limits.waitingOfOne)
      throw new ServerError('busy');
    this.#waiting.push(by);
    try {
      return await work();
    } finally {
      this.#waiting.splice(this.#waiting.indexOf(by), 1);
    }
  }

  /** The heavy part, when all before it are done. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#preparing.run(work);
  }
}
