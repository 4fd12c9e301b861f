import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type WarningChange, Warnings } from '../../../device/health/warnings.ts';
import { savedFloor, TIME_KEEPER_TIMES, TimeKeeper } from '../../../device/time/time-keeper.ts';
import { TrustedClock } from '../../../device/time/trusted-clock.ts';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import {
  newKeyPair,
  type SigningKey,
  signed,
  signingKey,
} from '../../../firmware-protocol/content/signature.ts';
import { SeededRandom } from '../../../scripts/virtual-world/seeded-random.ts';
import { settled } from '../../../scripts/virtual-world/virtual-clock.ts';
import { DocumentMaker } from '../../contract/ports/documents.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { WrongClock } from './wrong-clock.ts';

const TRUTH = Date.UTC(2026, 10, 13);
const BUILD = Date.UTC(2026, 9, 1);
const documents = new DocumentMaker();
const { set } = documents.keys(1);

let system: WrongClock;
let clock: TrustedClock;
let asked: string[];
let warned: WarningChange[];
let saved: Record<string, string>[];
let keeper: TimeKeeper;
const learned = vi.fn();

beforeEach(() => {
  system = new WrongClock(TRUTH, -TRUTH);
  clock = new TrustedClock(system, BUILD);
  asked = [];
  warned = [];
  saved = [];
  learned.mockReset();
  keeper = new TimeKeeper({
    device: 'hall-1',
    village: '43010102',
    clock,
    random: new SeededRandom(1),
    store: {
      commit: async ({ facts = {} }) => {
        saved.push(facts);
      },
    },
    keys: () => set,
    ask: async ({ nonce }) => {
      asked.push(nonce);
    },
    learned,
    warnings: new Warnings((change) => warned.push(change)),
    log: silentLog,
  });
});

interface Told {
  nonce?: string | undefined;
  time?: number;
  device?: string;
  key?: SigningKey;
}

async function answer({
  nonce = asked.at(-1),
  time = system.time.wall(),
  device = 'hall-1',
  key = documents.server,
}: Told = {}) {
  const said = signed({ device, nonce: nonce ?? '', time: instantOf(time) }, key);
  await keeper.answer(Buffer.from(JSON.stringify(said)));
}

test('asks when the line is up, and believes the signed answer within half the round trip', async () => {
  keeper.connected();
  expect(asked).toHaveLength(1);
  await system.time.runTo(400);
  await answer({ time: TRUTH + 100 });
  expect(clock.trust()).toBe('server');
  expect(Math.abs(clock.wall() - system.time.wall())).toBeLessThanOrEqual(200);
  expect(learned).toHaveBeenCalledOnce();
  expect(saved).toEqual([{ 'wall-floor': String(clock.wall()) }]);
  expect(warned).toMatchObject([{ code: 'clock-wrong', raised: true }]);
});

test('asks again until it is answered, then every ten minutes; saves the floor each hour', async () => {
  keeper.connected();
  await system.time.runTo(30_000);
  expect(asked).toHaveLength(4);
  expect(new Set(asked).size).toBe(4);
  await answer();
  for (let minute = 1; minute <= 120; minute++) {
    const before = asked.length;
    await system.time.runTo(30_000 + minute * 60_000);
    if (asked.length > before) await answer();
  }
  expect(asked).toHaveLength(4 + 12);
  expect(saved).toHaveLength(3);
});

/** Answers each question after so long, for an hour; resolves to the seconds at which was asked. */
async function answeredAfter(roundTrips_ms: number[]): Promise<number[]> {
  const at: number[] = [];
  keeper.connected();
  while (system.monotonic() < 3_600_000 / 2) {
    if (asked.length > at.length) {
      at.push(Math.round(system.monotonic() / 1_000));
      const told = system.time.wall();
      await system.time.runTo(
        system.monotonic() + (roundTrips_ms[at.length - 1] ?? roundTrips_ms.at(-1) ?? 0),
      );
      await answer({ time: told });
    } else await system.time.runTo(system.monotonic() + 500);
  }
  return at;
}

test('an answer that came slowly is asked for again soon, until one is sure enough', async () => {
  expect(await answeredAfter([800, 800, 60])).toEqual([0, 21, 42, 642, 1_242]);
  expect(Math.abs(clock.wall() - system.time.wall())).toBeLessThanOrEqual(30);
});

test('on a line that is never quick it is asked for again a few times, and then every ten minutes', async () => {
  expect(await answeredAfter([800])).toEqual([0, 21, 42, 62, 83, 684, 1_285]);
});

test('a right system clock raises no warning', async () => {
  system.offset_ms = 20_000;
  keeper.connected();
  await answer();
  expect(warned).toEqual([]);
});

describe('an answer is not believed when', () => {
  const cases: [string, () => Promise<void>, boolean][] = [
    ['it is signed by a stranger', () => answer({ key: signingKey('server', newKeyPair().seed) }), true],
    ['its key may not tell the time', () => answer({ key: documents.root }), true],
    ['it is for another device', () => answer({ device: 'hall-2' }), true],
    ['its key was not valid at the time it tells', () => answer({ time: Date.UTC(2040, 0, 1) }), true],
    ['it is no JSON', () => keeper.answer(Buffer.from('now')), true],
    ['it answers another question', () => answer({ nonce: 'a-nonce-of-yesterday' }), false],
  ];
  test.each(cases)('%s', async (_name, send, warns) => {
    keeper.connected();
    await send();
    expect(clock.trust()).toBe('none');
    expect(learned).not.toHaveBeenCalled();
    expect(warned.map(({ code }) => code)).toEqual(warns ? ['time-forged'] : []);
  });

  test('it comes a second time', async () => {
    keeper.connected();
    await answer();
    const [nonce] = asked;
    await answer({ nonce, time: TRUTH + 3_600_000 });
    expect(learned).toHaveBeenCalledOnce();
  });

  test('it comes too late', async () => {
    keeper.connected();
    const [nonce] = asked;
    await system.time.runTo(TIME_KEEPER_TIMES.askAgain_ms + 1);
    await answer({ nonce });
    expect(clock.trust()).toBe('none');
  });
});

test('without a line it asks nobody', async () => {
  keeper.connected();
  keeper.disconnected();
  await system.time.runTo(3_600_000);
  expect(asked).toHaveLength(1);
  await settled();
});

test.each([
  ['nothing saved', undefined, BUILD],
  ['saved before the build', '5', BUILD],
  ['saved after the build', String(TRUTH), TRUTH],
  ['garbage', 'yesterday', BUILD],
])('the floor with %s', async (_name, fact, floor) => {
  expect(await savedFloor({ fact: async () => fact }, BUILD)).toBe(floor);
});
