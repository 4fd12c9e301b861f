import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { answerOf } from '../../firmware-protocol/mqtt/answer.ts';
import {
  type AnswerTo,
  REQUESTS,
  type RequestName,
  type RequestOf,
} from '../../firmware-protocol/mqtt/requests.ts';
import { LIVE, type TopicSpace, TRAINING } from '../../firmware-protocol/mqtt/topic-space.ts';
import { filterOf, readTopic, topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { Failed } from '../cli.ts';
import {
  CONNECTION_LOST,
  connectionLost,
  noAnswer,
  noBroker,
  notInThisSpace,
  notUnderstood,
  refusedLogOn,
  refuseTooLarge,
} from './client-failures.ts';
import { askOverHttp } from './http-request.ts';
import { type Connection, isNotAuthorized, openMqtt } from './mqtt-connection.ts';
import type { Profile } from './profile.ts';
import { refusedBy } from './refusal.ts';
import { toldOpen } from './unanswered.ts';

const TIMEOUTS_MS = {
  /** A broker on 4G answers CONNECT within a few seconds, or not at all. */
  connect: 10_000,
  /** The server answers from its database; a wide push signs and stores 1,000 deliveries. */
  answer: 15_000,
} as const;

/** Names are checked here, values by the server: one gate, one wording of faults. What is undefined is not sent. */
type Draft<N extends RequestName> = { [K in keyof RequestOf<N>]?: unknown };

const ROWS: { readonly [N in RequestName]: { answer: z.ZodType<AnswerTo<N>> } } = REQUESTS;
const AnyAnswer = answerOf(z.unknown());
const Mine = z.looseObject({ transaction: z.string() });

/** With Mosquitto a name has one session: who watches goes on over HTTP when the same person pushes from elsewhere. */
const CHANGES_NOTHING: ReadonlySet<RequestName> = new Set([
  'order',
  'devices',
  'explain',
  'reports',
  'coverage',
  'occurrences',
  'screen',
  'preview',
]);

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (why: Failed) => void;
  timer: NodeJS.Timeout;
}

/** An operator at the broker: asks, and waits for the answer with its own transaction. */
export class OperatorClient {
  readonly #waiting = new Map<string, Waiting>();
  readonly #mqtt: Connection;
  readonly #profile: Profile;

  private constructor(client: Connection, profile: Profile) {
    this.#mqtt = client;
    this.#profile = profile;
    client.on('message', (topic, payload) => this.#receive(topic, payload));
    client.on('close', () => this.#lost());
  }

  /** Rejects with Failed when the broker cannot be reached or refuses the operator. */
  static async connect(profile: Profile): Promise<OperatorClient> {
    const { broker, user, password } = profile;
    const client = await openMqtt(broker, {
      username: user,
      password,
      clientId: `${user}-cli-${randomUUID().slice(0, 8)}`,
      connectTimeout: TIMEOUTS_MS.connect,
    }).catch((cause: unknown) => {
      throw isNotAuthorized(cause) ? refusedLogOn(user) : noBroker(broker, cause);
    });
    const operator = new OperatorClient(client, profile);
    try {
      await client.subscribeAsync(spaceOf(profile).wire(filterOf('operatorResponse', { user })), { qos: 1 });
    } catch (cause) {
      const isRefused = client.connected;
      await operator.close();
      throw isRefused ? notInThisSpace(profile, cause) : connectionLost();
    }
    return operator;
  }

  /** The answer's data. Rejects with Failed that carries every fault with its path. */
  async ask<N extends RequestName>(what: N, draft: Draft<N>): Promise<AnswerTo<N>> {
    const transaction = randomUUID();
    const payload = JSON.stringify({ ...draft, transaction });
    refuseTooLarge(Buffer.byteLength(payload));
    try {
      return await this.#answer(what, transaction, payload);
    } catch (error) {
      throw toldOpen(error, what, draft);
    }
  }

  async #answer<N extends RequestName>(what: N, transaction: string, payload: string): Promise<AnswerTo<N>> {
    const answer = AnyAnswer.safeParse(await this.#send(what, transaction, payload));
    if (!answer.success) throw notUnderstood(answer.error);
    if (answer.data.status === 'error') throw refusedBy(answer.data.error);
    const data = ROWS[what].answer.safeParse(answer.data.data);
    if (!data.success) throw notUnderstood(data.error);
    return data.data;
  }

  async close(): Promise<void> {
    // On a connection that is gone, its farewell never ends.
    if (this.#mqtt.connected) await this.#mqtt.endAsync();
    else this.#mqtt.end(true);
  }

  /** A connection that is lost cannot say whether the request arrived: only what changes nothing is asked again. */
  async #send(what: RequestName, transaction: string, payload: string): Promise<unknown> {
    const topic = topicOf('operatorRequest', { user: this.#profile.user, what });
    try {
      return await this.#answerTo(transaction, spaceOf(this.#profile).wire(topic), payload);
    } catch (error) {
      const lost = error instanceof Failed && error.code === CONNECTION_LOST;
      if (!lost || !CHANGES_NOTHING.has(what)) throw error;
      return askOverHttp(this.#profile, what, payload);
    }
  }

  #answerTo(transaction: string, topic: string, payload: string): Promise<unknown> {
    if (!this.#mqtt.connected || this.#mqtt.disconnecting) return Promise.reject(connectionLost());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.#settle(transaction)?.reject(noAnswer(TIMEOUTS_MS.answer / 1_000)),
        TIMEOUTS_MS.answer,
      );
      this.#waiting.set(transaction, { resolve, reject, timer });
      // One that fails ends the connection, and with it the wait.
      this.#mqtt.publish(topic, payload, { qos: 1 });
    });
  }

  /** Who waits for this answer waits no longer. */
  #settle(transaction: string): Waiting | undefined {
    const waiting = this.#waiting.get(transaction);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(transaction);
    return waiting;
  }

  #lost(): void {
    for (const transaction of [...this.#waiting.keys()]) this.#settle(transaction)?.reject(connectionLost());
  }

  #receive(topic: string, payload: Uint8Array): void {
    if (readTopic(spaceOf(this.#profile).inner(topic) ?? '')?.name !== 'operatorResponse') return;
    const answer = Mine.safeParse(parseJson(payload));
    if (answer.success) this.#settle(answer.data.transaction)?.resolve(answer.data);
  }
}

function spaceOf({ training = false }: Profile): TopicSpace {
  return training ? TRAINING : LIVE;
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch {
    return undefined;
  }
}
