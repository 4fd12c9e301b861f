import { describe, expect, it } from 'vitest';
import { DeviceError } from '../../../device/errors.ts';
import { LiveFeed } from '../../../device/inputs/live-feed.ts';
import { SAMPLE_RATE_HZ } from '../../../device/sound-ports.ts';
import { speech, tone } from './signals.ts';

const SLICE = SAMPLE_RATE_HZ / 100;
const NEVER = new AbortController().signal;

/** A thousand samples a number: what is read tells when it was said. */
function numbered(frames: number, from = 0): Int16Array {
  return Int16Array.from({ length: frames }, (_, i) => 5_000 + Math.floor((from + i) / 1_000));
}

async function readAll(feed: LiveFeed, signal = NEVER): Promise<Int16Array[]> {
  const slices: Int16Array[] = [];
  for await (const slice of feed.read(signal)) slices.push(slice);
  return slices;
}

describe('a feed', () => {
  it('gives who comes in time all that was said, to the sample', async () => {
    const feed = new LiveFeed();
    const said = numbered(SAMPLE_RATE_HZ);
    for (let at = 0; at < said.length; at += 777) feed.push(said.subarray(at, at + 777));
    feed.end();
    const heard = (await readAll(feed)).flatMap((slice) => [...slice]);
    expect(heard).toEqual([...said]);
  });

  it('gives who comes too late the last 60 ms: half a sentence helps nobody', async () => {
    const feed = new LiveFeed();
    feed.push(numbered(SAMPLE_RATE_HZ * 3));
    feed.end();
    const slices = await readAll(feed);
    expect(slices).toHaveLength(6);
    expect(slices[0]?.[0]).toBeGreaterThanOrEqual(5_000 + Math.floor((SAMPLE_RATE_HZ * 2.9) / 1_000));
  });

  it('gives who comes again what is said now', async () => {
    const feed = new LiveFeed();
    feed.push(numbered(SLICE * 2));
    const first = new AbortController();
    const reading = feed.read(first.signal);
    await reading.next();
    first.abort();
    await reading.return(undefined);
    feed.push(numbered(SLICE * 100, 100_000));
    feed.end();
    expect(await readAll(feed)).toHaveLength(6);
  });

  it('lets go of a reader who waits, at once', async () => {
    const feed = new LiveFeed();
    const cut = new AbortController();
    const reading = feed.read(cut.signal).next();
    cut.abort();
    expect(await reading).toEqual({ done: true, value: undefined });
  });

  it('hands on why it broke off, without what is left', async () => {
    const feed = new LiveFeed();
    feed.push(numbered(SLICE * 10));
    feed.end(new DeviceError('recorder-failed'));
    await expect(readAll(feed)).rejects.toMatchObject({ code: 'recorder-failed' });
  });
});

/** An ear that is `ppm` faster than the tower for `seconds`; resolves to what is held after each second, ms. */
async function driftOf(
  sound: Int16Array,
  ppm: number,
  seconds: number,
): Promise<{ held: number[]; steps: number }> {
  const feed = new LiveFeed();
  const reading = feed.read(NEVER);
  let pushed = 0;
  let last = 0;
  let steps = 0;
  const held: number[] = [];
  feed.push(sound.subarray(0, SLICE * 6));
  pushed = SLICE * 6;
  for (let n = 1; n <= seconds * 100; n += 1) {
    const due = SLICE * 6 + Math.floor(n * SLICE * (1 + ppm * 1e-6));
    const from = pushed % (sound.length - 2 * SLICE);
    feed.push(sound.subarray(from, from + due - pushed));
    pushed = due;
    const { value } = await reading.next();
    if (value === undefined) throw new Error('it ended');
    // The source is smooth to about 1,300 a sample; a bad joint is not.
    if (Math.abs((value[0] ?? 0) - last) > 4_000) steps += 1;
    last = value[value.length - 1] ?? 0;
    if (n % 100 === 0) held.push(feed.heldMs);
  }
  return { held, steps };
}

describe('two crystals', () => {
  it.each([1_000, -1_000])(
    '12 minutes at %i ppm: it is never more than 110 ms late, nor dry',
    async (ppm) => {
      // 0.72 s apart at the end, were nothing done: as after an hour of the worst that cards do, 200 ppm.
      const { held } = await driftOf(speech(20_000, -20), ppm, 720);
      expect(Math.max(...held)).toBeLessThanOrEqual(110);
      expect(Math.min(...held)).toBeGreaterThanOrEqual(20);
    },
    60_000,
  );
});

it('a tone without a pause is corrected all the same, without a step', async () => {
  const { held, steps } = await driftOf(tone(10_000, 440, -20), 2_000, 300);
  expect(steps).toBe(0);
  expect(Math.max(...held)).toBeLessThan(400);
});
