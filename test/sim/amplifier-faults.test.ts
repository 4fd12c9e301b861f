import { describe, expect, it } from 'vitest';
import { RestingPerformer } from '../../device/amplifier/resting-performer.ts';
import { createPlayout } from '../../device/playout/playout.ts';
import { ProvenPerformer } from '../../device/proof/proven-performer.ts';
import { TappedPlayer } from '../../device/proof/tapped-player.ts';
import { makeChime } from '../../device/tower/chime.ts';
import { TowerPerformer } from '../../device/tower/tower-performer.ts';
import type { BandName } from '../../firmware-protocol/content/band.ts';
import { SeededRandom } from '../../scripts/virtual-world/seeded-random.ts';
import { silentLog } from '../contract/ports/silent-log.ts';
import { setBench } from '../unit/amplifier/stage.ts';
import { MemoryJournal, playOf } from '../unit/playout/stage.ts';
import { FakeDecoder, FakePlayer } from '../unit/tower/fake-sound.ts';
import { toneOf } from '../unit/tower/tower-stage.ts';

/** I7 with the real tower, on an amplifier that sticks, hangs and goes away, while people speak and alerts come. */
const MINUTES = 10;
const STEP_MS = 50;
/** On without a play and without a fault, for no longer: a linger, or the next look of who saw that `off` had failed. */
const IDLE_ON_MS = 75_000;

type Bench = ReturnType<typeof setBench>['bench'];
const FAULTS: ((bench: Bench) => void)[] = [
  (bench) => Object.assign(bench, { stuck: 'on' }),
  (bench) => Object.assign(bench, { stuck: 'off' }),
  (bench) => Object.assign(bench, { answers: false }),
  (bench) => Object.assign(bench, { hangs: true }),
  (bench) => Object.assign(bench, { drawsAmperes: 0 }),
  (bench) => Object.assign(bench, { senses: false, stuck: 'on' }),
];
const WELL = { stuck: undefined, answers: true, hangs: false, drawsAmperes: 0.85, senses: true };

function setWorld(seed: number) {
  const bench = setBench();
  const { clock, amplifier, power, duty, rules } = bench;
  const card = new FakePlayer(clock);
  const player = new TappedPlayer(card, clock);
  const sound = { player, amplifier, decoder: new FakeDecoder(), chime: makeChime, clock, log: silentLog };
  const tower = new TowerPerformer({
    ...sound,
    sound: { gainDb: 0 },
    ensureMedia: async ({ sha256 }) => `tone-${Number(sha256)}`,
  });
  const proven = new ProvenPerformer({ performer: tower, player, power: { log: power, rules }, clock });
  const journal = new MemoryJournal();
  const playout = createPlayout({
    ...{ journal, store: journal.store, boot: 1, clock, log: silentLog },
    performers: [new RestingPerformer(proven, duty, clock)],
  });
  amplifier.begin();
  return { ...bench, card, tower, playout, journal, random: new SeededRandom(seed), said: 0 };
}
type World = ReturnType<typeof setWorld>;

function speak(world: World): void {
  world.said += 1;
  const band = world.random.pick<BandName>(['alert', 'ceremony', 'urgent', 'scheduled', 'scheduled']);
  const parts = [toneOf(world.random.between(500, 15_000))];
  const tower = { chime: 'ding' as const, parts, times: 1, gap_ms: 0 };
  const announcement = { title: 'น้ำท่วม โปรดระวัง', language: 'th' as const, tower };
  world.playout.submit(playOf(world.clock, `${band}-${world.said}`, band, { announcement }));
}

describe('an amplifier with faults (I7, F36)', () => {
  it.each([1, 7, 20_261_126])(
    'seed %i',
    async (seed) => {
      const world = setWorld(seed);
      const { clock, bench, card, playout, random } = world;
      let [nextWord, nextFault, idleSince, isFaulty] = [0, 20_000, 0, false];
      const step = async () => {
        await clock.advance(STEP_MS);
        expect(card.open, `two sounds at once, seed ${seed}`).toBeLessThanOrEqual(1);
        const now = clock.monotonic();
        if (isFaulty || playout.now().tower !== undefined || bench.contact === 'off') idleSince = now;
        expect(now - idleSince, `on without a reason, seed ${seed}`).toBeLessThanOrEqual(IDLE_ON_MS);
      };
      while (clock.monotonic() < MINUTES * 60_000) {
        if (clock.monotonic() >= nextWord) {
          speak(world);
          nextWord = clock.monotonic() + random.between(2_000, 40_000);
        }
        if (clock.monotonic() >= nextFault) {
          Object.assign(bench, WELL);
          isFaulty = !isFaulty;
          if (isFaulty) random.pick(FAULTS)(bench);
          nextFault = clock.monotonic() + random.between(5_000, 60_000);
        }
        await step();
      }
      Object.assign(bench, WELL);
      isFaulty = false;
      while (clock.monotonic() < (MINUTES + 5) * 60_000) await step();
      expect(bench.contact, `seed ${seed}`).toBe('off');
      expect(world.warnings.codes(), `seed ${seed}`).toEqual([]);
      const ends = world.journal.ends();
      expect(ends, `seed ${seed}`).toHaveLength(world.said);
      // Between the faults the village was spoken to.
      expect(ends.filter(({ outcome }) => outcome === 'finished').length, `seed ${seed}`).toBeGreaterThan(3);
    },
    120_000,
  );
});
