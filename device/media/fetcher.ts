import { DeviceError, isDeviceError } from '../errors.ts';
import { type BackOffRange, fullJitter } from '../link/back-off.ts';
import type { Clock, Log, MediaSource, MediaStore, Random } from '../ports.ts';

export const FETCH_LIMITS = {
  /** A file that arrives whole and wrong this often is not what the order named, whoever is at fault. */
  corruptTries: 3,
  retry: { base_ms: 500, cap_ms: 60_000 } satisfies BackOffRange,
} as const;

export interface MediaFetcherParts {
  store: MediaStore;
  source: MediaSource;
  clock: Pick<Clock, 'after'>;
  random: Pick<Random, 'fraction'>;
  log: Log;
}

/** One file under way, for all who wait for it; the last one to give up ends it. */
interface Fetch {
  path: Promise<string>;
  waiting: number;
  controller: AbortController;
  lastError: unknown;
}

/** Gets files by their hash: whole and verified, or not at all. */
export class MediaFetcher {
  readonly #parts: MediaFetcherParts;
  readonly #fetches = new Map<string, Fetch>();

  constructor(parts: MediaFetcherParts) {
    this.#parts = parts;
  }

  /**
   * Path of the verified file; fetched, resumed and tried again until the signal gives it up. `bytes` is the size the
   * order announced: not one more is stored. Rejects `media-corrupt` when what comes never fits hash and size, and
   * `media-unreachable` (the last error as its cause) when given up.
   */
  async ensure(sha256: string, bytes: number, signal: AbortSignal): Promise<string> {
    const held = await this.#parts.store.path(sha256);
    if (held !== undefined) return held;
    if (signal.aborted) throw new DeviceError('media-unreachable', { sha256 });
    const fetch = this.#fetches.get(sha256) ?? this.#begin(sha256, bytes);
    fetch.waiting += 1;
    try {
      return await untilAborted(
        fetch.path,
        signal,
        () => new DeviceError('media-unreachable', { sha256 }, fetch.lastError),
      );
    } finally {
      fetch.waiting -= 1;
      if (fetch.waiting === 0) this.#end(sha256, fetch);
    }
  }

  #begin(sha256: string, bytes: number): Fetch {
    const controller = new AbortController();
    const path = Promise.resolve().then(() => this.#untilWhole(sha256, bytes, fetch));
    // Whoever waits hears of a failure; when nobody waits any more it is no news.
    path.catch(() => {});
    const fetch: Fetch = { path, waiting: 0, controller, lastError: undefined };
    this.#fetches.set(sha256, fetch);
    return fetch;
  }

  #end(sha256: string, fetch: Fetch): void {
    fetch.controller.abort();
    if (this.#fetches.get(sha256) === fetch) this.#fetches.delete(sha256);
  }

  async #untilWhole(sha256: string, bytes: number, fetch: Fetch): Promise<string> {
    const { store, log } = this.#parts;
    const { signal } = fetch.controller;
    let corrupt = 0;
    for (let attempt = 0; !signal.aborted; attempt++) {
      const before = await store.partial(sha256);
      try {
        return await this.#fetchRest(sha256, bytes, before, signal);
      } catch (error) {
        fetch.lastError = error;
        if (isDeviceError(error, 'media-corrupt') && ++corrupt >= FETCH_LIMITS.corruptTries) throw error;
        log.warn({ sha256, attempt, error }, 'media not whole yet');
      }
      // A link that brings a little each time is slow, not broken: it is not made slower still.
      if ((await store.partial(sha256)) > before) attempt = 0;
      await this.#pause(attempt, signal);
    }
    throw new DeviceError('media-unreachable', { sha256 }, fetch.lastError);
  }

  async #fetchRest(sha256: string, bytes: number, from: number, signal: AbortSignal): Promise<string> {
    const { store, source } = this.#parts;
    let have = from;
    if (have < bytes) {
      for await (const chunk of source.fetch(sha256, from, signal)) {
        have += chunk.length;
        if (have > bytes) break;
        await store.append(sha256, chunk);
      }
    }
    if (have < bytes) throw new DeviceError('media-unreachable', { sha256, have, bytes });
    if (have > bytes) await store.discard(sha256);
    const path = have === bytes ? await store.finish(sha256) : undefined;
    if (path === undefined) throw new DeviceError('media-corrupt', { sha256, have, bytes });
    return path;
  }

  #pause(attempt: number, signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#parts;
    return new Promise((resolve) => {
      const done = () => {
        cancel();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const cancel = clock.after(fullJitter(FETCH_LIMITS.retry, attempt, random), done);
      if (signal.aborted) done();
      else signal.addEventListener('abort', done);
    });
  }
}

/** What `promise` gives, or a rejection as soon as the signal is aborted. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal, why: () => DeviceError): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(why());
    signal.addEventListener('abort', giveUp, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
