import { expect, it } from 'vitest';
import {
  type Probes,
  type Step,
  type StepResult,
  walkSteps,
} from '../../../server/console/diagnose/line-steps.ts';

const NOW = Date.parse('2026-11-27T10:00:00.000+07:00');
const never = () => Promise.reject(new Error('no answer'));

/** The verdicts of a walk in which all is well but what is given. */
async function walked(more: Partial<Probes> = {}): Promise<Record<string, StepResult>> {
  const results: Partial<Record<Step, StepResult>> = {};
  const probes: Probes = {
    hasNetwork: () => true,
    askServer: async () => ({ status: 'ok' }),
    askSession: async () => ({ now: new Date(NOW).toISOString() }),
    isLineUp: async () => true,
    askByLine: async () => ({}),
    now: () => NOW,
    ...more,
  };
  await walkSteps(probes, (step, result) => {
    results[step] = result;
  });
  return results;
}
const verdicts = async (more?: Partial<Probes>) =>
  Object.fromEntries(Object.entries(await walked(more)).map(([step, { verdict }]) => [step, verdict]));

it('is good from end to end', async () => {
  expect(await verdicts()).toEqual({
    network: 'good',
    server: 'good',
    session: 'good',
    clock: 'good',
    line: 'good',
    roundTrip: 'good',
  });
});

it.each<[at: string, more: Partial<Probes>, expected: object]>([
  [
    'server',
    { askServer: never },
    { server: 'bad', session: 'skipped', line: 'skipped', roundTrip: 'skipped' },
  ],
  [
    'session',
    { askSession: never },
    { server: 'good', session: 'bad', clock: 'skipped', roundTrip: 'skipped' },
  ],
  ['line', { isLineUp: async () => false }, { session: 'good', line: 'bad', roundTrip: 'skipped' }],
  ['roundTrip', { askByLine: never }, { line: 'good', roundTrip: 'bad' }],
])('is stuck at %s, and tries nothing behind it', async (_at, more, expected) => {
  expect(await verdicts(more)).toMatchObject(expected);
});

it('believes an answer more than a system that says it has no network', async () => {
  expect(await verdicts({ hasNetwork: () => false })).toMatchObject({
    network: 'bad',
    server: 'good',
    roundTrip: 'good',
  });
});

it('says by how much the clock is wrong, and what is slow', async () => {
  const late = await walked({ askSession: async () => ({ now: new Date(NOW - 95_000).toISOString() }) });
  expect(late.clock).toEqual({ verdict: 'bad', seconds: 95 });
  let time = NOW;
  const slow = await walked({
    now: () => time,
    askByLine: async () => {
      time += 2_500;
    },
  });
  expect(slow.roundTrip).toEqual({ verdict: 'slow', ms: 2_500 });
});
