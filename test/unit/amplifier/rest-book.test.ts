import { describe, expect, test } from 'vitest';
import { PowerLog, type Span } from '../../../device/amplifier/power-log.ts';
import { RestBook } from '../../../device/amplifier/rest-book.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The facts of a box, over its boots. */
class Card {
  facts: Record<string, string> = {};
  writes = 0;

  store() {
    return {
      fact: async (name: string) => this.facts[name],
      commit: async ({ facts = {} }: { facts?: Record<string, string> }) => {
        this.writes += 1;
        Object.assign(this.facts, facts);
      },
    };
  }
}

/** One boot of the box, at a monotonic 0 and a wall clock that may not be known. */
async function boot(card: Card, wall: number, knowsTheTime = true) {
  const clock = Object.assign(new VirtualClock(wall), { knowsTheTime });
  const log = new PowerLog(HOUR);
  const power = () => ({ spans: log.spans, isOn: log.onSince() !== undefined });
  const book = new RestBook({ ...{ store: card.store(), clock, log: silentLog, power }, withinMs: HOUR });
  log.remember(
    () => book.spans(),
    () => book.write(),
  );
  await book.load();
  const lately = () => log.onMs(clock.monotonic() - HOUR, clock.monotonic());
  return { clock, log, lately, book };
}

const MORNING = Date.parse('2026-11-26T06:00:00+07:00');

/** Nine minutes on, one off. */
async function spoke(card: Card, knowsTheTime = true) {
  const { clock, log, lately } = await boot(card, MORNING, knowsTheTime);
  log.on(clock.monotonic());
  await clock.advance(9 * MINUTE);
  log.off(clock.monotonic());
  await clock.advance(MINUTE);
  return lately();
}

describe('what the amplifier did before a power cut', () => {
  test('is known after it', async () => {
    const card = new Card();
    expect(await spoke(card)).toBe(9 * MINUTE);
    const after = await boot(card, MORNING + 12 * MINUTE);
    expect(after.lately()).toBe(9 * MINUTE);
    expect(after.log.onMsInAll(after.clock.monotonic())).toBe(0);
    // The hour in which it was on ends, minute by minute, from an hour after it began.
    expect(after.log.restedAt(5 * MINUTE, HOUR, after.clock.monotonic())).toBe(52 * MINUTE);
    await after.clock.advance(52 * MINUTE);
    expect(after.lately()).toBe(5 * MINUTE);
  });

  test('is counted from the boot while the time is not known, and from when it was once it is', async () => {
    const card = new Card();
    await spoke(card);
    const after = await boot(card, MORNING + 40 * MINUTE, false);
    await after.clock.advance(25 * MINUTE);
    expect(after.lately()).toBe(9 * MINUTE);
    after.clock.knowsTheTime = true;
    expect(after.lately()).toBe(4 * MINUTE);
  });

  test('when the time was not known either, is counted from the boot', async () => {
    const card = new Card();
    await spoke(card, false);
    const after = await boot(card, MORNING + 5 * HOUR);
    await after.clock.advance(10 * MINUTE);
    expect(after.lately()).toBe(9 * MINUTE);
  });

  test('is carried over a second power cut, and forgotten after its hour', async () => {
    const card = new Card();
    await spoke(card);
    const second = await boot(card, MORNING + 20 * MINUTE);
    second.log.on(second.clock.monotonic());
    await second.clock.advance(3 * MINUTE);
    second.log.off(second.clock.monotonic());
    const third = await boot(card, MORNING + 30 * MINUTE);
    expect(third.lately()).toBe(12 * MINUTE);
    expect((await boot(card, MORNING + 3 * HOUR)).lately()).toBe(0);
  });

  test('is written each minute while it is on, and no more when it is off', async () => {
    const card = new Card();
    const { clock, log } = await boot(card, MORNING);
    log.on(clock.monotonic());
    await clock.advance(5 * MINUTE + 1);
    expect(card.writes).toBe(6);
    const cut = await boot(card, MORNING + 5 * MINUTE + 10_000);
    await cut.clock.advance(MINUTE);
    expect(cut.lately()).toBe(6 * MINUTE);
    log.off(clock.monotonic());
    await clock.advance(HOUR);
    expect(card.writes).toBe(7);
  });

  test.each(['', 'เสีย', '1 1 x:y', '17 1 3'])('that cannot be read (%s) is nothing', async (fact) => {
    const card = new Card();
    card.facts['amplifier-on'] = fact;
    expect((await boot(card, MORNING)).book.spans()).toEqual<Span[]>([]);
  });
});
