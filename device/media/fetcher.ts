import { DeviceError, isDeviceError } from '../errors.ts';
import type { Warnings } from '../health/warnings.ts';
import { type BackOffRange, fullJitter } from '../link/back-off.ts';
import type { Clock, Log, MediaSource, MediaStore, Random } from '../ports.ts';
import type { DataMonth } from './data-month.ts';
import type { MediaRoom } from './media-room.ts';
import { RightOfWay, untilAny } from './right-of-way.ts';

export const FETCH_LIMITS = {
  /** A file that arrives whole and wrong this often is not what the order named, whoever is at fault. */
  corruptTries: 3,
  retry: { base_ms: 500, cap_ms: 60_000 } satisfies BackOffRange,
  /** In the memory of a box of 512 MB, all files together; an announcement of a minute has 0.4 MB. */
  spareBytes: 16 * 1024 * 1024,
} as const;

export interface MediaFetcherParts {
  store: MediaStore;
  /** In memory: for what somebody waits for while the card takes nothing (F5, F6). */
  spare?: MediaStore | undefined;
  source: MediaSource;
  clock: Pick<Clock, 'after'>;
  random: Pick<Random, 'fraction'>;
  room: Pick<MediaRoom, 'makeRoom' | 'used'>;
  month: Pick<DataMonth, 'arrived' | 'write'>;
  warnings: Pick<Warnings, 'raise' | 'clear'>;
  /** The fastest that is fetched ahead; undefined = as fast as the line. */
  aheadBytesPerSecond?: number | undefined;
  log: Log;
}

/** `now`: a play waits for it; `ahead`: it stands aside for those. */
export type Urgency = 'now' | 'ahead';

/** One file under way, for all who wait for it; the last one to give up ends it. */
interface Fetch {
  path: Promise<string>;
  waiting: number;
  controller: AbortController;
  /** Aborted as soon as somebody waits who cannot wait. */
  hurry: AbortController;
  lastError: unknown;
}

/** Gets files by their hash: whole and verified, or not at all. */
export class MediaFetcher {
  readonly #parts: MediaFetcherParts;
  readonly #fetches = new Map<string, Fetch>();
  readonly #way = new RightOfWay();

  constructor(parts: MediaFetcherParts) {
    this.#parts = parts;
  }

  /**
   * Path of the verified file; fetched, resumed and tried again until the signal gives it up. `bytes` is the size the
   * order announced: not one more is stored. Rejects `media-corrupt` when what comes never fits hash and size, and
   * `media-unreachable` (the last error as its cause) when given up.
   */
  async ensure(
    sha256: string,
    bytes: number,
    signal: AbortSignal,
    urgency: Urgency = 'now',
  ): Promise<string> {
    this.#parts.room.used(sha256);
    const { store, spare } = this.#parts;
    const held = (await store.path(sha256)) ?? (await spare?.path(sha256).catch(() => undefined));
    if (held !== undefined) return held;
    if (signal.aborted) throw new DeviceError('media-unreachable', { sha256 });
    const fetch = this.#fetches.get(sha256) ?? this.#begin(sha256, bytes);
    fetch.waiting += 1;
    if (urgency === 'now') fetch.hurry.abort();
    const leave = urgency === 'now' ? this.#way.enter() : () => {};
    try {
      return await untilAborted(
        fetch.path,
        signal,
        () => new DeviceError('media-unreachable', { sha256 }, fetch.lastError),
      );
    } finally {
      leave();
      fetch.waiting -= 1;
      if (fetch.waiting === 0) this.#end(sha256, fetch);
    }
  }

  #begin(sha256: string, bytes: number): Fetch {
    const path = Promise.resolve().then(() => this.#untilWhole(sha256, bytes, fetch));
    // Whoever waits hears of a failure; when nobody waits any more it is no news.
    path.catch(() => {});
    const controller = new AbortController();
    const fetch: Fetch = { path, waiting: 0, controller, hurry: new AbortController(), lastError: undefined };
    this.#fetches.set(sha256, fetch);
    return fetch;
  }

  #end(sha256: string, fetch: Fetch): void {
    fetch.controller.abort();
    if (this.#fetches.get(sha256) === fetch) this.#fetches.delete(sha256);
  }

  async #untilWhole(sha256: string, bytes: number, fetch: Fetch): Promise<string> {
    const { spare, log } = this.#parts;
    let { store } = this.#parts;
    const { signal } = fetch.controller;
    const hurry = fetch.hurry.signal;
    let corrupt = 0;
    for (let attempt = 0; !signal.aborted; attempt++) {
      await this.#way.clear(signal, hurry);
      const before = await store.partial(sha256);
      const aside = hurry.aborted ? undefined : this.#way.aside(signal);
      try {
        return await this.#fetchRest(store, sha256, bytes, before, aside?.signal ?? signal);
      } catch (error) {
        if (aside?.gaveWay()) continue;
        fetch.lastError = error;
        if (isDeviceError(error, 'media-corrupt') && ++corrupt >= FETCH_LIMITS.corruptTries) throw error;
        log.warn({ sha256, attempt, error }, 'media not whole yet');
        if (isDisk(error) && hurry.aborted && spare !== undefined && store !== spare) {
          store = spare;
          continue;
        }
      } finally {
        aside?.done();
      }
      // A link that brings a little each time is slow, not broken: it is not made slower still.
      if ((await store.partial(sha256)) > before) attempt = 0;
      const wait_ms = fullJitter(FETCH_LIMITS.retry, attempt, this.#parts.random);
      // Who begins to wait while it pauses wakes it; one who waits already does not make it rush.
      await (hurry.aborted ? this.#pause(wait_ms, signal) : this.#pause(wait_ms, signal, hurry));
    }
    throw new DeviceError('media-unreachable', { sha256 }, fetch.lastError);
  }

  async #fetchRest(
    store: MediaStore,
    sha256: string,
    bytes: number,
    from: number,
    signal: AbortSignal,
  ): Promise<string> {
    const { month, warnings } = this.#parts;
    try {
      const have = from < bytes ? await this.#download(store, sha256, bytes, from, signal) : from;
      if (have < bytes) throw new DeviceError('media-unreachable', { sha256, have, bytes });
      if (have > bytes) await store.discard(sha256);
      const path = have === bytes ? await store.finish(sha256) : undefined;
      if (path === undefined) throw new DeviceError('media-corrupt', { sha256, have, bytes });
      if (store === this.#parts.store) warnings.clear('media-disk');
      return path;
    } catch (error) {
      if (isDisk(error)) warnings.raise('media-disk', error.message);
      throw error;
    } finally {
      month.write();
    }
  }

  /** Appends what comes from byte `from` on; resolves to how much there is now, more than `bytes` when too much came. */
  async #download(
    store: MediaStore,
    sha256: string,
    bytes: number,
    from: number,
    signal: AbortSignal,
  ): Promise<number> {
    const { source, month, room, aheadBytesPerSecond: rate } = this.#parts;
    if (store === this.#parts.store) await this.#makeRoom(bytes - from);
    else await makeSpareRoom(store, bytes - from);
    let have = from;
    for await (const chunk of source.fetch(sha256, from, signal)) {
      have += chunk.length;
      month.arrived(chunk.length);
      room.used(sha256);
      if (have > bytes) break;
      await store.append(sha256, chunk);
      const isUrgent = this.#fetches.get(sha256)?.hurry.signal.aborted;
      if (rate !== undefined && !isUrgent) await this.#pause((chunk.length / rate) * 1_000, signal);
    }
    return have;
  }

  /** Where nothing can be found out about the room, the card itself says whether there is some. */
  async #makeRoom(bytes: number): Promise<void> {
    const { room, log } = this.#parts;
    await room.makeRoom(bytes).catch((error: unknown) => log.warn({ error }, 'no room was made for media'));
  }

  #pause(ms: number, ...signals: AbortSignal[]): Promise<void> {
    return untilAny(signals, (go) => this.#parts.clock.after(ms, go));
  }
}

function isDisk(error: unknown): error is DeviceError {
  return isDeviceError(error, 'store-full') || isDeviceError(error, 'store-failed');
}

/** Memory is not the card: it holds little, and forgets what was used longest ago. Rejects `store-full`. */
async function makeSpareRoom(spare: MediaStore, bytes: number): Promise<void> {
  const held = (await spare.held()).sort((a, b) => a.usedAt - b.usedAt);
  let room = FETCH_LIMITS.spareBytes - held.reduce((sum, file) => sum + file.bytes, 0);
  for (const { name, bytes: freed } of held) {
    if (room >= bytes) return;
    await spare.remove(name);
    room += freed;
  }
  if (room < bytes) throw new DeviceError('store-full', { bytes, room });
}

/** What `promise` gives, or a rejection as soon as the signal is aborted. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal, why: () => DeviceError): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(why());
    signal.addEventListener('abort', giveUp, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
