import { describe, expect, it } from 'vitest';
import { BANDS, type Band, type BandName } from '../../firmware-protocol/content/band.ts';
import { SeededRandom } from '../../scripts/virtual-world/seeded-random.ts';
import { type HallOfInputs, key, setInputStage, VALUES } from '../unit/inputs/input-stage.ts';
import { playOf } from '../unit/playout/stage.ts';
import { toneOf } from '../unit/tower/tower-stage.ts';

const MINUTES = 4;
const STEP_MS = 10;
const MAX_TALK_MS = 20_000;

/** What people and machines do in a bad hour, and how often by turns. */
const HAPPENINGS: readonly [weight: number, happen: (world: World) => void][] = [
  [6, ({ hall, random }) => turnKey(hall, 'microphone', random)],
  [6, ({ hall, random }) => turnKey(hall, 'relay', random)],
  [2, (world) => announce(world, 'alert')],
  [1, (world) => announce(world, 'ceremony')],
  [2, (world) => announce(world, 'urgent')],
  [3, (world) => announce(world, 'scheduled')],
  [1, ({ hall }) => void hall.playout.stop('everything', 'STOP')],
  [2, ({ hall, random }) => pullOrPlug(hall, random)],
];

interface World {
  hall: HallOfInputs;
  random: SeededRandom;
  announced: number;
}

function turnKey(hall: HallOfInputs, name: 'microphone' | 'relay', random: SeededRandom): void {
  const isPressed = hall[name].contact.closed() === true;
  // A receiver whose contact sticks: it is closed, and nobody opens it for half a minute.
  if (!(isPressed && random.chance(0.3))) key(hall[name], isPressed ? 0 : VALUES[name]);
}

function pullOrPlug(hall: HallOfInputs, random: SeededRandom): void {
  const pulled = [hall.microphone, hall.relay].find(({ recorder }) => recorder.isUnplugged);
  const { recorder } = pulled ?? (random.chance(0.5) ? hall.microphone : hall.relay);
  recorder.isUnplugged = pulled === undefined;
}

function announce(world: World, band: BandName): void {
  world.announced += 1;
  const tower = {
    chime: 'none' as const,
    parts: [toneOf(world.random.between(500, 6_000))],
    times: 1,
    gap_ms: 0,
  };
  const announcement = { title: 'น้ำท่วม โปรดระวัง', language: 'th' as const, tower };
  world.hall.submit(playOf(world.hall.clock, `${band}-${world.announced}`, band, { announcement }));
}

/** Whose samples may sound while a band has the tower: its own, and no live ones of others. */
function forbidden(band: Band | number | undefined): number[] {
  const all = [
    [BANDS.microphone, VALUES.microphone],
    [BANDS.relay, VALUES.relay],
  ] as const;
  return all.filter(([own]) => own !== band).map(([, value]) => value);
}

/** One step: what was written in it fits to who had the tower before and after. */
async function step({ hall }: World): Promise<void> {
  const before = hall.playout.now().tower?.band;
  await hall.clock.advance(STEP_MS);
  expect(hall.player.open, 'voices open at once').toBeLessThanOrEqual(1);
  const chunks = hall.player.voices.flatMap((voice) => voice.chunks.splice(0));
  if (hall.playout.now().tower?.band !== before) return;
  for (const value of forbidden(before))
    expect(
      chunks.some(({ samples }) => samples.includes(value)),
      `${value} is heard while band ${before} has the tower`,
    ).toBe(false);
}

describe('a receiver, a microphone and alerts in a bad hour', () => {
  it.each([1, 20_261_126, 0xbada])(
    'seed %i',
    async (seed) => {
      const random = new SeededRandom(seed);
      const world: World = { hall: setInputStage({ maxTalkMs: MAX_TALK_MS }), random, announced: 0 };
      const { hall } = world;
      const wheel = HAPPENINGS.flatMap(([weight, happen]) => Array(weight).fill(happen) as (typeof happen)[]);
      let next = 0;
      for (let ms = 0; ms < MINUTES * 60_000; ms += STEP_MS) {
        if (ms >= next) {
          random.pick(wheel)(world);
          next = ms + random.between(200, 8_000);
        }
        await step(world);
      }
      const closing = hall.close();
      await hall.clock.advance(20_000);
      await closing;
      await hall.clock.advance(20_000);
      proveEnds(hall);
    },
    120_000,
  );
});

function proveEnds({ journal, amplifier, player }: HallOfInputs): void {
  const { events } = journal;
  const accepted = events.flatMap((event) => (event.type === 'accepted' ? [event.play] : []));
  expect(accepted.length, 'talks').toBeGreaterThan(5);
  expect(new Set(accepted).size, 'ids are unique').toBe(accepted.length);
  for (const play of accepted) {
    const of = (type: string) =>
      events.filter((event) => 'play' in event && event.play === play && event.type === type);
    expect(of('started').length, `starts of ${play}`).toBeLessThanOrEqual(1);
    const [end, ...more] = of('ended');
    expect(more, `ends of ${play}`).toEqual([]);
    expect(end, `end of ${play}`).toBeDefined();
    const heardMs = end?.type === 'ended' ? (end.tower?.frames ?? 0) / 48 : 0;
    // Wake-up and tail of each stretch beside what was said.
    expect(heardMs, `length of ${play}`).toBeLessThan(MAX_TALK_MS + 5_000);
  }
  expect(amplifier.isOn).toBe(false);
  expect(player.open).toBe(0);
}
