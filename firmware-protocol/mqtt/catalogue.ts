import { z } from 'zod';
import { answerOf } from './answer.ts';
import { EVENTS, type EventName } from './event-messages.ts';
import { HALL_TOPICS } from './hall-topics.ts';
import { REQUESTS, type RequestName } from './requests.ts';
import { KIB, type TopicRow } from './topic-row.ts';

const requestNames = Object.keys(REQUESTS) as RequestName[];
const eventNames = Object.keys(EVENTS) as EventName[];

/** The wire between server, devices and operators, one row per topic (DESIGN 4). */
export const TOPICS = {
  ...HALL_TOPICS,
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
    payload: z.union(eventNames.map((name) => EVENTS[name].payload)),
    says: eventNames.map((name) => `${name}: ${EVENTS[name].says}`).join('; '),
  },
} as const satisfies Record<string, TopicRow>;
export type TopicName = keyof typeof TOPICS;
