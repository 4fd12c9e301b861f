import type { Answer } from '../../firmware-protocol/mqtt/answer.ts';
import { HALL_TOPICS, type HallTopicName, hallTopics } from '../../firmware-protocol/mqtt/hall-topics.ts';
import type { BusMessage, Log } from '../ports.ts';
import { Inbox, type InboxLimits } from './inbox.ts';

const KIB = 1_024;

/**
 * How much of each kind may wait. Kinds do not share a queue: a slow receipt never delays a stop. Orders get most:
 * after an outage the broker hands over all it kept. Documents are retained, so one per area is the normal load.
 */
const LANE_LIMITS = {
  order: { messages: 256, bytes: 4_096 * KIB },
  programme: { messages: 16, bytes: 4_096 * KIB },
  release: { messages: 16, bytes: 128 * KIB },
  keys: { messages: 4, bytes: 2_048 * KIB },
  receipt: { messages: 32, bytes: 32 * KIB },
  timeAnswer: { messages: 8, bytes: 8 * KIB },
  request: { messages: 16, bytes: 256 * KIB },
} as const satisfies Record<string, InboxLimits>;
export type Lane = keyof typeof LANE_LIMITS;

/** Which lane a topic's messages take; rows that are not here are not for a device. */
const LANE_OF_TOPIC: Partial<Record<HallTopicName, Lane>> = {
  areaOrder: 'order',
  deviceOrder: 'order',
  areaProgramme: 'programme',
  areaRelease: 'release',
  keys: 'keys',
  receipt: 'receipt',
  timeAnswer: 'timeAnswer',
  deviceRequest: 'request',
};

/** A message as it came. `params` tell which area or device was spoken to; nothing in it is verified. */
export interface Inbound {
  payload: Uint8Array;
  topic: string;
  params: Record<string, string>;
  retained: boolean;
}

/** Where messages go. One call at a time for each kind; when a handler rejects it is logged and the next is handled. */
export interface MessageHandlers {
  order(message: Inbound): Promise<unknown>;
  programme(message: Inbound): Promise<unknown>;
  release(message: Inbound): Promise<unknown>;
  keys(message: Inbound): Promise<unknown>;
  receipt(message: Inbound): Promise<unknown>;
  timeAnswer(message: Inbound): Promise<unknown>;
  /** Diagnostics; `message.params.what` names them. The answer goes out on the response topic. */
  request(message: Inbound): Promise<Answer>;
  /** Not carried out: it could not be written down. Must only note it. */
  failed(lane: Lane): void;
  /** Not taken: larger than its row of the catalogue allows, or its lane is full. Must only note it. */
  dropped(lane: Lane, reason: 'too-large' | 'queue-full', message: Inbound): void;
}

/** Sorts messages into one bounded inbox per kind. */
export class Lanes {
  readonly #handlers: MessageHandlers;
  readonly #log: Log;
  readonly #inboxes: Record<Lane, Inbox<Inbound>>;
  /** Until the keys are judged that came before a message. */
  readonly #keysBefore = new WeakMap<Inbound, Promise<void>>();

  /** `respond` publishes the answer to a request. */
  constructor(handlers: MessageHandlers, respond: (what: string, answer: Answer) => Promise<void>, log: Log) {
    this.#handlers = handlers;
    this.#log = log;
    const inbox = (lane: Lane, handle: (message: Inbound) => Promise<unknown>) =>
      new Inbox<Inbound>(LANE_LIMITS[lane], (message) => this.#safely(lane, handle, message));
    this.#inboxes = {
      order: inbox('order', (message) => handlers.order(message)),
      programme: inbox('programme', (message) =>
        this.#behindKeys(message, () => handlers.programme(message)),
      ),
      release: inbox('release', (message) => this.#behindKeys(message, () => handlers.release(message))),
      keys: inbox('keys', (message) => handlers.keys(message)),
      receipt: inbox('receipt', (message) => handlers.receipt(message)),
      timeAnswer: inbox('timeAnswer', (message) => handlers.timeAnswer(message)),
      request: inbox('request', async (message) =>
        respond(message.params.what ?? '', await handlers.request(message)),
      ),
    };
  }

  /** Called in the callback of the wire: looks at the topic and the size, and only enqueues. */
  take({ topic, payload, retained }: BusMessage): void {
    const read = hallTopics.readTopic(topic);
    const lane = read && LANE_OF_TOPIC[read.name];
    if (read === undefined || lane === undefined) {
      this.#log.warn({ topic: topic.slice(0, 200) }, 'a message on a topic that is not ours');
      return;
    }
    const message: Inbound = { payload, topic, params: read.params, retained };
    const { working } = this.#inboxes.keys;
    if (working !== undefined) this.#keysBefore.set(message, working);
    if (payload.length > HALL_TOPICS[read.name].maxBytes) this.#handlers.dropped(lane, 'too-large', message);
    else if (!this.#inboxes[lane].offer(message)) this.#handlers.dropped(lane, 'queue-full', message);
  }

  /** Forgets what waits; resolves when what is in hand is done. */
  async close(): Promise<void> {
    await Promise.all(Object.values(this.#inboxes).map((inbox) => inbox.close()));
  }

  /**
   * What is signed anew comes right behind the keys that it is signed with, and only once: judged before they are durable it would be of an
   * unknown key. An order is sent again, and waits for no disk.
   */
  async #behindKeys(message: Inbound, handle: () => Promise<unknown>): Promise<unknown> {
    const keys = this.#keysBefore.get(message);
    if (keys !== undefined) await keys;
    return handle();
  }

  async #safely(lane: Lane, handle: (message: Inbound) => Promise<unknown>, message: Inbound): Promise<void> {
    try {
      await handle(message);
    } catch (error) {
      // One bad message must not end the lane: the next may be the alert.
      this.#log.error({ error, lane, topic: message.topic }, 'a message could not be handled');
      this.#handlers.failed(lane);
    }
  }
}
