import { beforeEach, describe, expect, test } from 'vitest';
import { DeviceError, isDeviceError } from '../../../device/errors.ts';
import { FETCH_LIMITS, MediaFetcher } from '../../../device/media/fetcher.ts';
import type { MediaSource } from '../../../device/ports.ts';
import { settled, VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { CAREFREE, MemoryMedia, sha256Of } from '../../contract/ports/memory-media.ts';

const FILE = Buffer.from('ประกาศ: น้ำท่วม โปรดระวัง '.repeat(40));
const SHA = sha256Of(FILE);
const forever = new AbortController().signal;

type Serve = (from: number, signal: AbortSignal, hash: string) => AsyncIterable<Uint8Array>;

let store: MemoryMedia;
let clock: VirtualClock;
let asked: number[];
let serve: Serve;
let fetcher: MediaFetcher;

beforeEach(() => {
  store = new MemoryMedia();
  clock = new VirtualClock(0);
  asked = [];
  serve = async function* (from) {
    yield FILE.subarray(from);
  };
  fetcher = openFetcher();
});

function openFetcher(rest: { aheadBytesPerSecond?: number } = {}): MediaFetcher {
  const source: MediaSource = {
    fetch: (hash, from, signal) => {
      asked.push(from);
      return serve(from, signal, hash);
    },
  };
  return new MediaFetcher({ ...CAREFREE, store, source, clock, ...rest });
}

/** Settles within the virtual hour. */
async function within<T>(promise: Promise<T>): Promise<T | DeviceError> {
  const settledValue = promise.catch((error: unknown) => {
    if (isDeviceError(error)) return error;
    throw error;
  });
  await clock.runTo(clock.monotonic() + 3_600_000);
  return settledValue;
}

test('what is there is given at once', async () => {
  store.whole.set(SHA, FILE);
  expect(await fetcher.ensure(SHA, FILE.length, forever)).toBe(`/media/${SHA}`);
  expect(asked).toEqual([]);
});

test('a download that is cut goes on where it was', async () => {
  serve = async function* (from) {
    yield FILE.subarray(from, from + 300);
    throw new DeviceError('media-unreachable');
  };
  expect(await within(fetcher.ensure(SHA, FILE.length, forever))).toBe(`/media/${SHA}`);
  expect(asked.slice(0, 3)).toEqual([0, 300, 600]);
});

test('a file that ends early is not whole: the rest is asked for', async () => {
  serve = async function* (from) {
    yield FILE.subarray(from, from === 0 ? 100 : undefined);
  };
  expect(await within(fetcher.ensure(SHA, FILE.length, forever))).toBe(`/media/${SHA}`);
  expect(asked).toEqual([0, 100]);
});

describe('nothing is accepted that is not the file (F22, F33)', () => {
  const html = Buffer.from('<html>โปรดเข้าสู่ระบบ</html>'.padEnd(FILE.length));
  const cases: [string, Serve][] = [
    [
      'another file of the same size',
      async function* () {
        yield html;
      },
    ],
    [
      'a file without end',
      async function* () {
        for (;;) yield Buffer.alloc(500);
      },
    ],
  ];
  test.each(cases)('%s', async (_name, wrong) => {
    serve = wrong;
    const error = await within(fetcher.ensure(SHA, FILE.length, forever));
    expect(isDeviceError(error, 'media-corrupt')).toBe(true);
    expect(asked).toHaveLength(FETCH_LIMITS.corruptTries);
    expect(store.most).toBeLessThanOrEqual(FILE.length);
    expect(store.whole.size + store.parts.size).toBe(0);
  });

  test('an empty answer is tried again until it is given up', async () => {
    serve = async function* () {};
    const controller = new AbortController();
    const path = fetcher.ensure(SHA, FILE.length, controller.signal);
    clock.after(1_800_000, () => controller.abort());
    expect(isDeviceError(await within(path), 'media-unreachable')).toBe(true);
  });

  test('wrong once, right the next time', async () => {
    const right = serve;
    serve = async function* (from, signal, hash) {
      if (asked.length === 1) yield html;
      else yield* right(from, signal, hash);
    };
    expect(await within(fetcher.ensure(SHA, FILE.length, forever))).toBe(`/media/${SHA}`);
  });
});

test('a server that is away is called ever more rarely until the signal', async () => {
  serve = async function* () {
    yield await Promise.reject(new DeviceError('media-unreachable', { why: 'down' }));
  };
  const controller = new AbortController();
  const path = fetcher.ensure(SHA, FILE.length, controller.signal);
  clock.after(600_000, () => controller.abort());
  const error = await within(path);
  expect(error).toMatchObject({ code: 'media-unreachable', cause: { context: { why: 'down' } } });
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.length).toBeLessThan(40);
});

test('two who want the same file share one download; one of them giving up does not end it', async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  serve = async function* (from) {
    await gate;
    yield FILE.subarray(from);
  };
  const controller = new AbortController();
  const first = fetcher.ensure(SHA, FILE.length, controller.signal);
  const second = fetcher.ensure(SHA, FILE.length, forever);
  const given = expect(first).rejects.toMatchObject({ code: 'media-unreachable' });
  await settled();
  controller.abort();
  await given;
  open();
  expect(await second).toBe(`/media/${SHA}`);
  expect(asked).toEqual([0]);
});

test('when the last one gives up the download ends, and the next one begins anew', async () => {
  const ended: boolean[] = [];
  const right = serve;
  serve = async function* (_from, signal) {
    await new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        ended.push(true);
        reject(new DeviceError('media-unreachable'));
      });
    });
    yield FILE;
  };
  const controller = new AbortController();
  const path = fetcher.ensure(SHA, FILE.length, controller.signal);
  const given = expect(path).rejects.toMatchObject({ code: 'media-unreachable' });
  await settled();
  controller.abort();
  await given;
  expect(ended).toEqual([true]);
  serve = right;
  expect(await within(fetcher.ensure(SHA, FILE.length, forever))).toBe(`/media/${SHA}`);
});

test('a signal that is already aborted asks nobody', async () => {
  await expect(fetcher.ensure(SHA, FILE.length, AbortSignal.abort())).rejects.toMatchObject({
    code: 'media-unreachable',
  });
  await settled();
  expect(asked).toEqual([]);
});

describe('what is fetched ahead stands aside for what somebody waits for', () => {
  const ALERT = Buffer.from('เตือนภัย น้ำป่าไหลหลาก');
  const files = new Map([
    [SHA, FILE],
    [sha256Of(ALERT), ALERT],
  ]);

  test('a thin line brings the alert first, then goes on where it was', async () => {
    const order: string[] = [];
    serve = async function* (from, signal, hash) {
      const file = files.get(hash) ?? Buffer.alloc(0);
      for (let at = from; at < file.length; at += 100) {
        await new Promise<void>((resolve) => clock.after(1_000, resolve));
        if (signal.aborted) throw new DeviceError('media-unreachable');
        order.push(hash === SHA ? 'ahead' : 'alert');
        yield file.subarray(at, at + 100);
      }
    };
    const ahead = fetcher.ensure(SHA, FILE.length, forever, 'ahead');
    await clock.runTo(5_500);
    const alert = fetcher.ensure(sha256Of(ALERT), ALERT.length, forever);
    expect(await within(Promise.all([ahead, alert]))).toEqual([`/media/${SHA}`, `/media/${sha256Of(ALERT)}`]);
    expect(order.indexOf('alert')).toBe(5);
    expect(order.lastIndexOf('alert')).toBe(5 + Math.ceil(ALERT.length / 100) - 1);
    expect(asked).toEqual([0, 0, 500]);
  });

  test('a file that is awaited suddenly waits for no back-off', async () => {
    const right = serve;
    serve = async function* () {
      yield await Promise.reject(new DeviceError('media-unreachable'));
    };
    void fetcher.ensure(SHA, FILE.length, forever, 'ahead').catch(() => {});
    await clock.runTo(600_000);
    serve = right;
    const path = fetcher.ensure(SHA, FILE.length, forever);
    await settled();
    await settled();
    expect(await path).toBe(`/media/${SHA}`);
    expect(clock.monotonic()).toBe(600_000);
  });

  test('a limit to its speed holds for what is fetched ahead alone', async () => {
    serve = async function* (from) {
      for (let at = from; at < FILE.length; at += 100) yield FILE.subarray(at, at + 100);
    };
    const slow = openFetcher({ aheadBytesPerSecond: 100 });
    const path = slow.ensure(SHA, FILE.length, forever, 'ahead');
    await clock.runTo((FILE.length / 100) * 1_000 - 1_500);
    expect(store.whole.size).toBe(0);
    await clock.runTo((FILE.length / 100) * 1_000 + 1_500);
    expect(await path).toBe(`/media/${SHA}`);
    store.whole.clear();
    const began = clock.monotonic();
    expect(await slow.ensure(SHA, FILE.length, forever)).toBe(`/media/${SHA}`);
    expect(clock.monotonic()).toBe(began);
  });
});
