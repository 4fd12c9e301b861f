import { lookAtAgent, lookAtReports } from './agent-look.ts';
import { lookAtAmplifier } from './amplifier-look.ts';
import { lookAtPower, lookAtTemperature } from './box-look.ts';
import { lookAtClock } from './clock-look.ts';
import { lookAtDisk } from './disk-look.ts';
import type { Finding } from './finding.ts';
import { walkInputs } from './inputs-walk.ts';
import { walkLink } from './link-walk.ts';
import { walkSign } from './sign-walk.ts';
import { walkSound } from './sound-walk.ts';
import type { Tester } from './tester.ts';
import type { Visit } from './visit.ts';

/** The rooms of a visit in the order in which a technician walks: what is cheap and may explain the rest comes first. */
export const ROOMS = [
  'agent',
  'power',
  'clock',
  'disk',
  'link',
  'reports',
  'sound',
  'amplifier',
  'inputs',
  'sign',
] as const;
export type Room = (typeof ROOMS)[number];

/** Rooms in which something sounds or shows. */
export const TESTED: ReadonlySet<Room> = new Set<Room>(['sound', 'amplifier', 'inputs', 'sign']);

const WALKS: Record<Room, (visit: Visit, tester: Tester) => AsyncGenerator<Finding>> = {
  agent: (visit) => lookAtAgent(visit),
  power: async function* () {
    yield await lookAtPower();
    yield await lookAtTemperature();
  },
  clock: async function* (visit) {
    yield await lookAtClock(visit);
  },
  disk: ({ config }) => lookAtDisk(config.data),
  link: (visit) => walkLink(visit),
  reports: async function* (visit) {
    yield lookAtReports(visit);
  },
  sound: (visit, tester) => walkSound(visit, tester),
  amplifier: async function* (visit, tester) {
    yield await lookAtAmplifier(visit, tester);
  },
  inputs: (visit, tester) => walkInputs(visit, tester),
  sign: (visit, tester) => walkSign(visit, tester),
};

/** Every finding as it is made. Ends early, between two steps, when the person has had enough. */
export async function* walk(rooms: readonly Room[], visit: Visit, tester: Tester): AsyncGenerator<Finding> {
  for (const room of rooms) {
    if (visit.stuck && TESTED.has(room)) continue;
    for await (const finding of WALKS[room](visit, tester)) {
      yield finding;
      if (visit.interrupted.aborted) return;
    }
  }
}
