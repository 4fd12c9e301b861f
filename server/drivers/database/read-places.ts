import { ServerError } from '../../errors.ts';

const READ_PLACES = {
  /** Of the sessions of a pool; the others are kept for what is stored and sent. */
  share: 0.5,
  /** Who waits longer is told so: a page that comes after half a minute was asked for again long before. */
  wait_ms: 3_000,
  /** More than a province's people ask in that time. */
  waiting: 100,
} as const;

/** Sessions of a pool that reading may hold at one time: an alert never stands behind somebody's list. */
export class ReadPlaces {
  readonly #waiting: ((place: 'free' | 'too-late') => void)[] = [];
  #free: number;

  /** `sessions` of the whole pool. */
  constructor(sessions: number) {
    this.#free = Math.max(1, Math.floor(sessions * READ_PLACES.share));
  }

  /** Resolves with the way to give the place back. Rejects `busy`. */
  async enter(): Promise<() => void> {
    if (this.#free > 0) this.#free--;
    else if (this.#waiting.length >= READ_PLACES.waiting || (await this.#turn()) === 'too-late')
      throw new ServerError('busy');
    return () => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next('free');
    };
  }

  #turn(): Promise<'free' | 'too-late'> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(begin), 1);
        resolve('too-late');
      }, READ_PLACES.wait_ms);
      const begin = (place: 'free' | 'too-late') => {
        clearTimeout(timer);
        resolve(place);
      };
      this.#waiting.push(begin);
    });
  }
}
