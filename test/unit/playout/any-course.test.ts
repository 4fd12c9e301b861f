import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BANDS } from '../../../firmware-protocol/content/band.ts';
import type { Script } from './scripted-performer.ts';
import { playOf, type Stage, setStage } from './stage.ts';

/** What people and hardware may do to a playout, in any order. */
type Event =
  | {
      do: 'submit';
      band: (typeof BANDS)[keyof typeof BANDS];
      startInMs: number | undefined;
      resumes: boolean;
    }
  | { do: 'stop'; which: number | 'everything' }
  | { do: 'fill' | 'free' }
  | { do: 'step wall'; ms: number }
  | { do: 'wait'; ms: number };

const submit: fc.Arbitrary<Event> = fc.record({
  do: fc.constant('submit' as const),
  band: fc.constantFrom(...Object.values(BANDS)),
  startInMs: fc.option(fc.integer({ min: -1_000, max: 20_000 }), { nil: undefined }),
  resumes: fc.boolean(),
});
const wait: fc.Arbitrary<Event> = fc.record({
  do: fc.constant('wait' as const),
  ms: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 4_000 })),
});
const stop: fc.Arbitrary<Event> = fc.record({
  do: fc.constant('stop' as const),
  which: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 12 }) },
    { weight: 1, arbitrary: fc.constant('everything' as const) },
  ),
});
const disk: fc.Arbitrary<Event> = fc.record({ do: fc.constantFrom('fill' as const, 'free' as const) });
const stepWall: fc.Arbitrary<Event> = fc.record({
  do: fc.constant('step wall' as const),
  ms: fc.integer({ min: -3_600_000, max: 3_600_000 }),
});
const event = fc.oneof(
  { weight: 8, arbitrary: submit },
  { weight: 8, arbitrary: wait },
  { weight: 2, arbitrary: stop },
  { weight: 1, arbitrary: disk },
  { weight: 1, arbitrary: stepWall },
);

const trouble: fc.Arbitrary<Script> = fc.constantFrom<Script>(
  { prepareFails: 'media-corrupt' },
  { prepareFails: 'no-sound-device' },
  { performFails: 'player-failed' },
  { busyFor: 2 },
  { busyFor: 99, busyWith: 'amplifier-failed' },
  { hangsOnPrepare: true },
);
const times: fc.Arbitrary<Script> = fc.record({
  prepareMs: fc.integer({ min: 0, max: 300 }),
  performMs: fc.integer({ min: 0, max: 6_000 }),
  cutMs: fc.integer({ min: 0, max: 500 }),
});
const script = fc
  .tuple(
    times,
    fc.oneof({ weight: 4, arbitrary: fc.constant<Script>({}) }, { weight: 1, arbitrary: trouble }),
  )
  .map(([times, trouble]): Script => ({ ...times, ...trouble }));

async function happen(stage: Stage, events: Event[]): Promise<string[]> {
  const submitted: string[] = [];
  for (const event of events) {
    if (event.do === 'submit') {
      const id = `play ${submitted.length}`;
      const whenCut = event.resumes ? 'resume' : 'give-up';
      const when = event.startInMs === undefined ? {} : { startInMs: event.startInMs };
      stage.playout.submit(playOf(stage.clock, id, event.band, { whenCut, patienceMs: 15_000, ...when }));
      submitted.push(id);
    }
    if (event.do === 'stop') {
      void stage.playout.stop(event.which === 'everything' ? 'everything' : `play ${event.which}`, 'S');
    }
    if (event.do === 'fill' || event.do === 'free') stage.journal.isFull = event.do === 'fill';
    if (event.do === 'step wall') stage.clock.stepWall(event.ms);
    await stage.clock.advance(event.do === 'wait' ? event.ms : 1);
    expect(stage.performer.onAir().length).toBeLessThanOrEqual(1);
  }
  return submitted;
}

describe('whatever happens', () => {
  it('one sound at a time, one start and one end for each play', async () => {
    let sounded = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 5, maxLength: 40, size: 'max' }),
        fc.array(script, { minLength: 41, maxLength: 41 }),
        async (events, scripts) => {
          const stage = setStage(Object.fromEntries(scripts.map((script, i) => [`play ${i}`, script])));
          const submitted = await happen(stage, events);
          stage.journal.isFull = false;
          await stage.clock.advance(60_000);
          // Clocks that went back may keep plays waiting for days: not here.
          stage.clock.stepWall(30 * 86_400_000);
          await stage.clock.advance(3_600_000);

          const { stretches } = stage.performer;
          sounded += stretches.length;
          const sorted = stretches.toSorted((a, b) => a.from - b.from);
          for (const [i, next] of sorted.entries()) {
            const before = sorted[i - 1];
            if (before !== undefined) expect(next.from).toBeGreaterThanOrEqual(before.to ?? Infinity);
          }
          const ended = stage.journal.ends().map(({ play }) => play);
          expect(ended.toSorted()).toEqual(submitted.toSorted());
          const begun = stage.journal.events.filter((event) => event.type === 'started');
          expect(new Set(begun).size).toBe(begun.length);
          for (const play of submitted) {
            expect(begun.filter((event) => event.play === play).length).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 150 },
    );
    // A course in which nothing sounds proves nothing.
    expect(sounded).toBeGreaterThan(500);
  });

  it('the highest is on air as soon as it is ready', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.values(BANDS)), { minLength: 2, maxLength: 12 }),
        async (bands) => {
          const { clock, playout } = setStage();
          for (const [i, band] of bands.entries()) {
            playout.submit(playOf(clock, `play ${i}`, band));
            await clock.advance(50);
            expect(playout.now().tower?.band).toBe(Math.max(...bands.slice(0, i + 1)));
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
