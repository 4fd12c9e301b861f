import { causesOf } from '../../cli/causes.ts';
import { lookAtAgent, lookAtReports } from './agent-look.ts';
import { lookAtAmplifier } from './amplifier-look.ts';
import { lookAtPower, lookAtTemperature } from './box-look.ts';
import { lookAtClock } from './clock-look.ts';
import { lookAtDisk } from './disk-look.ts';
import { type Finding, found, type StepId } from './finding.ts';
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

export const WALKS: Record<Room, (visit: Visit, tester: Tester) => AsyncGenerator<Finding>> = {
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

/** Under which step a room that broke down is told. */
const HEADS: Record<Room, StepId> = {
  ...{ agent: 'agent', power: 'power', clock: 'clock', disk: 'disk-room', link: 'name', reports: 'reports' },
  ...{ sound: 'sound-card', amplifier: 'amplifier', inputs: 'inputs', sign: 'sign' },
};

/**
 * Every finding as it is made. Ends early, between two steps, when the person has had enough. An agent that ends in the middle, or
 * a fault of ours, costs the room and not the visit.
 */
export async function* walk(
  rooms: readonly Room[],
  visit: Visit,
  tester: Tester,
  walks = WALKS,
): AsyncGenerator<Finding> {
  for (const room of rooms) {
    if (visit.stuck && TESTED.has(room)) continue;
    try {
      for await (const finding of walks[room](visit, tester)) {
        yield finding;
        if (visit.interrupted.aborted) return;
      }
    } catch (error) {
      yield found(HEADS[room], 'not-known', {
        cause: {
          en: `the check itself failed: ${causesOf(error)}`,
          th: `การตรวจขัดข้องเอง: ${causesOf(error)}`,
        },
        remedy: { en: 'do this again; send the support bundle', th: 'ตรวจซ้ำ แล้วส่งไฟล์ช่วยเหลือ' },
      });
    }
  }
}
