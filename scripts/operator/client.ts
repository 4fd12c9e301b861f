import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Answer, answerOf } from '../../firmware-protocol/mqtt/answer.ts';
import {
  type AnswerTo,
  REQUESTS,
  type RequestName,
  type RequestOf,
} from '../../firmware-protocol/mqtt/requests.ts';
import { filterOf, readTopic, topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { Failed } from '../cli.ts';
import { type Connection, openMqtt } from './mqtt-connection.ts';
import type { Profile } from './profile.ts';

const TIMEOUTS_MS = {
  /** A broker on 4G answers CONNECT within a few seconds, or not at all. */
  connect: 10_000,
  /** The server answers from its database; a wide push signs and stores 1,000 deliveries. */
  answer: 15_000,
} as const;

interface Waiting {
  answer: (payload: unknown) => void;
  fail: (why: string) => void;
}

/** An operator at the broker: asks, and waits for the answer with its own transaction. */
export class OperatorClient {
  private readonly waiting = new Map<string, Waiting>();
  private readonly mqtt: Connection;
  private readonly user: string;

  private constructor(client: Connection, user: string) {
    this.mqtt = client;
    this.user = user;
    client.once('close', () => this.giveUp('the connection to the broker is gone / การเชื่อมต่อขาด'));
    client.on('message', (topic, payload) => this.receive(topic, payload));
  }

  /** Rejects with Failed when the broker cannot be reached or refuses the operator. */
  static async connect(profile: Profile): Promise<OperatorClient> {
    const client = await openMqtt(profile.broker, {
      username: profile.user,
      password: profile.password,
      clientId: `${profile.user}-cli-${randomUUID().slice(0, 8)}`,
      connectTimeout: TIMEOUTS_MS.connect,
    }).catch((cause: Error) => {
      throw new Failed(`no log-on at ${profile.broker} as ${profile.user}: ${cause.message}`);
    });
    const operator = new OperatorClient(client, profile.user);
    await client.subscribeAsync(filterOf('operatorResponse', { user: profile.user }), { qos: 1 });
    return operator;
  }

  /** The answer's data. Rejects with Failed that carries every fault with its path. */
  async ask<N extends RequestName>(what: N, request: RequestOf<N>): Promise<AnswerTo<N>> {
    const transaction = randomUUID();
    const topic = topicOf('operatorRequest', { user: this.user, what });
    const [payload] = await Promise.all([
      this.answerTo(transaction),
      this.mqtt.publishAsync(topic, JSON.stringify({ ...request, transaction }), { qos: 1 }),
    ]);
    const schema: z.ZodType<Answer<AnswerTo<N>>> = answerOf(REQUESTS[what].answer) as never;
    const answer = schema.parse(payload);
    if (answer.status === 'ok') return answer.data;
    const lines = answer.error.faults.map((fault) => `  ${fault.path || '.'}: ${fault.en} / ${fault.th}`);
    throw new Failed([`${answer.error.en} / ${answer.error.th}`, ...lines].join('\n'), answer);
  }

  async close(): Promise<void> {
    await this.mqtt.endAsync();
  }

  /** Nothing more comes on a connection that is gone: who waits is told at once. */
  private giveUp(why: string): void {
    for (const { fail } of this.waiting.values()) fail(why);
  }

  private async answerTo(transaction: string): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise((answer, reject) => {
        const fail = (why: string) => reject(new Failed(why));
        timer = setTimeout(() => fail('the server did not answer / เซิร์ฟเวอร์ไม่ตอบ'), TIMEOUTS_MS.answer);
        this.waiting.set(transaction, { answer, fail });
      });
    } finally {
      clearTimeout(timer);
      this.waiting.delete(transaction);
    }
  }

  private receive(topic: string, payload: Uint8Array): void {
    if (readTopic(topic)?.name !== 'operatorResponse') return;
    const answer = Mine.safeParse(parseJson(payload));
    if (answer.success) this.waiting.get(answer.data.transaction)?.answer(answer.data);
  }
}

const Mine = z.looseObject({ transaction: z.string() });

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch {
    return undefined;
  }
}
