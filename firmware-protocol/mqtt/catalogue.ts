import { z } from 'zod';
import { KeySet } from '../content/key-set.ts';
import { Order } from '../content/order.ts';
import { Programme } from '../content/programme.ts';
import { Release } from '../content/release.ts';
import { ReportBatch } from '../content/report.ts';
import { answerOf } from './answer.ts';
import { DeviceState, Health, Presence, Receipt, TimeAnswer, TimeAsk } from './messages.ts';
import { ApprovalEvent } from './people-requests.ts';
import { REQUESTS, type RequestName } from './requests.ts';

export const ROOT = 'prakat/v1';
/** Deepest topic of the catalogue, in levels: brokers refuse deeper ones. */
export const MAX_TOPIC_LEVELS = 7;
const KIB = 1024;
/** The largest payload any row allows, with room for the topic and the header, bytes. Brokers are told the same number. */
export const MAX_PACKET_BYTES = (1024 + 1) * KIB;

export type Party = 'server' | 'device' | 'operator';

export interface TopicRow {
  /** Pattern with `{zone}`, `{area}`, `{device}`, `{user}`, `{what}`. */
  pattern: string;
  from: Party;
  to: Party;
  qos: 0 | 1;
  retained: boolean;
  /** Whether the payload is a signed document. */
  signed: boolean;
  maxBytes: number;
  payload: z.ZodType;
  says: string;
}

const requestNames = Object.keys(REQUESTS) as RequestName[];

/** The wire between server, devices and operators, one row per topic (DESIGN 4). */
export const TOPICS = {
  areaOrder: {
    pattern: '{zone}/area/{area}/order',
    from: 'server',
    to: 'device',
    qos: 1,
    retained: false,
    signed: true,
    maxBytes: 256 * KIB,
    payload: Order,
    says: 'an order for every device of the area',
  },
  areaProgramme: {
    pattern: '{zone}/area/{area}/programme',
    from: 'server',
    to: 'device',
    qos: 1,
    retained: true,
    signed: true,
    maxBytes: 512 * KIB,
    payload: Programme,
    says: 'the programme of the area',
  },
  areaRelease: {
    pattern: '{zone}/area/{area}/release',
    from: 'server',
    to: 'device',
    qos: 1,
    retained: true,
    signed: true,
    maxBytes: 16 * KIB,
    payload: Release,
    says: 'the version of the agent for the area',
  },
  keys: {
    pattern: 'th/area/th/keys',
    from: 'server',
    to: 'device',
    qos: 1,
    retained: true,
    signed: true,
    maxBytes: 512 * KIB,
    payload: KeySet,
    says: 'the keys that devices trust',
  },
  deviceOrder: {
    pattern: '{zone}/device/{device}/order',
    from: 'server',
    to: 'device',
    qos: 1,
    retained: false,
    signed: true,
    maxBytes: 256 * KIB,
    payload: Order,
    says: 'an order for one device, or sent again to it',
  },
  receipt: {
    pattern: '{zone}/device/{device}/receipt',
    from: 'server',
    to: 'device',
    qos: 1,
    retained: false,
    signed: true,
    maxBytes: KIB,
    payload: Receipt,
    says: 'reports stored up to n',
  },
  deviceRequest: {
    pattern: '{zone}/device/{device}/request/{what}',
    from: 'server',
    to: 'device',
    qos: 1,
    retained: false,
    signed: false,
    maxBytes: 16 * KIB,
    payload: z.looseObject({}),
    says: 'diagnostics',
  },
  deviceResponse: {
    pattern: '{zone}/device/{device}/response/{what}',
    from: 'device',
    to: 'server',
    qos: 1,
    retained: false,
    signed: false,
    maxBytes: 256 * KIB,
    payload: answerOf(z.unknown()),
    says: 'answer to diagnostics',
  },
  timeAsk: {
    pattern: '{zone}/device/{device}/ask/time',
    from: 'device',
    to: 'server',
    qos: 0,
    retained: false,
    signed: false,
    maxBytes: KIB,
    payload: TimeAsk,
    says: 'what time is it',
  },
  timeAnswer: {
    pattern: '{zone}/device/{device}/answer/time',
    from: 'server',
    to: 'device',
    qos: 0,
    retained: false,
    signed: true,
    maxBytes: KIB,
    payload: TimeAnswer,
    says: 'the time, for one nonce',
  },
  presence: {
    pattern: '{zone}/device/{device}/presence',
    from: 'device',
    to: 'server',
    qos: 1,
    retained: true,
    signed: false,
    maxBytes: KIB,
    payload: Presence,
    says: 'birth and last will',
  },
  state: {
    pattern: '{zone}/device/{device}/state',
    from: 'device',
    to: 'server',
    qos: 1,
    retained: true,
    signed: false,
    maxBytes: 16 * KIB,
    payload: DeviceState,
    says: 'what the device is doing, on change',
  },
  health: {
    pattern: '{zone}/device/{device}/health',
    from: 'device',
    to: 'server',
    qos: 0,
    retained: false,
    signed: false,
    maxBytes: 16 * KIB,
    payload: Health,
    says: 'measurements, each minute',
  },
  report: {
    pattern: '{zone}/device/{device}/report',
    from: 'device',
    to: 'server',
    qos: 1,
    retained: false,
    signed: true,
    maxBytes: 512 * KIB,
    payload: ReportBatch,
    says: 'what the device did or refused',
  },
  operatorRequest: {
    pattern: 'operator/{user}/request/{what}',
    from: 'operator',
    to: 'server',
    qos: 1,
    retained: false,
    signed: false,
    // Far above any good request: 100,000 Thai letters, even written as \u0e01, must come in to be told how long they are.
    maxBytes: 1024 * KIB,
    payload: z.union(requestNames.map((name) => REQUESTS[name].request)),
    says: requestNames.join(', '),
  },
  operatorResponse: {
    pattern: 'operator/{user}/response/{what}',
    from: 'server',
    to: 'operator',
    qos: 1,
    retained: false,
    signed: false,
    // The largest signed document, and the words around it.
    maxBytes: 640 * KIB,
    payload: answerOf(z.unknown()),
    says: 'the answer',
  },
  operatorEvent: {
    pattern: 'operator/{user}/event/{what}',
    from: 'server',
    to: 'operator',
    qos: 1,
    retained: false,
    signed: false,
    // An order names up to some hundred halls.
    maxBytes: 64 * KIB,
    payload: ApprovalEvent,
    says: 'approvals: something waits for a second person, or was decided',
  },
} as const satisfies Record<string, TopicRow>;
export type TopicName = keyof typeof TOPICS;
