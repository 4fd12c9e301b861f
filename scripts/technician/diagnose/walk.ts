import { uptime } from 'node:os';
import { causesOf } from '../../cli/causes.ts';
import { lookAtChecks } from './check-step.ts';
import { type Finding, found, type StepId, skippedFor } from './finding.ts';
import { lookAtAgent } from './looks/agent-look.ts';
import { lookAtAmplifier } from './looks/amplifier-look.ts';
import { lookAtClock } from './looks/clock-look.ts';
import { lookAtDisk } from './looks/disk-look.ts';
import { type Room, TESTED } from './rooms.ts';
import type { Tester } from './tester.ts';
import type { Visit } from './visit.ts';
import { walkInputs } from './walks/inputs-walk.ts';
import { walkLink } from './walks/link-walk.ts';
import { walkSign } from './walks/sign-walk.ts';
import { walkSound } from './walks/sound-walk.ts';

export const WALKS: Record<Room, (visit: Visit, tester: Tester) => AsyncGenerator<Finding>> = {
  agent: (visit) => lookAtAgent(visit),
  power: async function* (visit) {
    yield await lookAtPower(visit);
    yield await lookAtChecks(visit, 'temperature');
    yield await lookAtChecks(visit, 'load');
  },
  clock: async function* (visit) {
    yield await lookAtClock(visit);
  },
  disk: (visit) => lookAtDisk(visit),
  link: (visit) => walkLink(visit),
  reports: async function* (visit) {
    const isKnown = visit.running !== undefined;
    yield isKnown ? await lookAtChecks(visit, 'reports') : skippedFor('reports', 'agent');
  },
  sound: (visit, tester) => walkSound(visit, tester),
  amplifier: async function* (visit, tester) {
    yield await lookAtAmplifier(visit, tester);
  },
  inputs: (visit, tester) => walkInputs(visit, tester),
  sign: (visit, tester) => walkSign(visit, tester),
};

/** The supply, and for how long there has been one. */
async function lookAtPower(visit: Visit): Promise<Finding> {
  const finding = await lookAtChecks(visit, 'power');
  const hours = (uptime() / 3_600).toFixed(1);
  const said = (figure: string | undefined, up: string) => (figure === undefined ? up : `${figure}, ${up}`);
  const { en, th } = finding.figure ?? {};
  return { ...finding, figure: { en: said(en, `up ${hours} h`), th: said(th, `เปิดมา ${hours} ชั่วโมง`) } };
}

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
    if (visit.stuck && TESTED.has(room)) {
      yield skippedFor(HEADS[room], 'agent');
      continue;
    }
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
