import type { IPublishPacket, MqttClient } from 'mqtt';
import type { Answer } from '../../../firmware-protocol/mqtt/answer.ts';
import type { AnswerTo, RequestName, RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { Refused, Unreachable } from './failure.ts';

export type LineState = 'connecting' | 'up' | 'down';
/** Messages since the page was opened. */
export interface LineTraffic {
  heard: number;
  sent: number;
  /** Epoch ms. */
  heardAt?: number;
}

export interface LiveMessage {
  topic: string;
  payload: string;
  /** Which way: `in` from the broker, `out` from this page. */
  way: 'in' | 'out';
  at: number;
}

const LIVE_TIMES = {
  /** An order may wait for its audit line and its signature. */
  answer_ms: 15_000,
  /** Half of what the server gives a silent session. */
  keepalive_s: 30,
  /** Back-off between attempts, full jitter: a restarted server is not met by all consoles at once. */
  firstRetry_ms: 500,
  lastRetry_ms: 20_000,
} as const;

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * The operator's own MQTT session, over WebSocket: requests on `operator/{user}/request/{what}` and their answers, and events.
 * The session's cookie is the credential. What this page does, `mosquitto_pub` can do.
 */
export class LiveLine {
  readonly #user: string;
  readonly #prefix: string;
  readonly #waiting = new Map<string, Waiting>();
  readonly #listeners = new Set<(message: LiveMessage) => void>();
  readonly #watchers = new Set<(state: LineState) => void>();
  #client: MqttClient | undefined;
  #stopped = false;
  #state: LineState = 'connecting';
  #since = Date.now();
  #traffic: LineTraffic = { heard: 0, sent: 0 };
  #attempt = 0;
  #number = 0;

  constructor(user: string, training: boolean) {
    this.#user = user;
    this.#prefix = training ? 'prakat-training/v1' : 'prakat/v1';
  }

  get state(): LineState {
    return this.#state;
  }

  /** Since when it is in this state, epoch ms. */
  get since(): number {
    return this.#since;
  }

  get traffic(): LineTraffic {
    return this.#traffic;
  }

  /** Loads the client, which is no small thing on a phone, and connects; resolves at once. */
  start(): void {
    import('mqtt').then(
      ({ default: mqtt }) => this.#connect(mqtt.connect),
      () => this.#become('down'),
    );
  }

  stop(): void {
    this.#stopped = true;
    this.#client?.end(true);
    this.#fail(new Unreachable());
  }

  /** Every message of the session, until the answer is called. */
  onMessage(listener: (message: LiveMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onState(watcher: (state: LineState) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Rejects `Refused`, and `Unreachable` where no answer came: then it may have been done. */
  async ask<N extends RequestName>(what: N, request: RequestOf<N>): Promise<AnswerTo<N>> {
    const client = this.#client;
    if (client === undefined || this.#state !== 'up') throw new Unreachable();
    const transaction = `c${Date.now().toString(36)}-${this.#number++}`;
    const topic = `${this.#prefix}/operator/${this.#user}/request/${what}`;
    const payload = JSON.stringify({ ...request, transaction });
    const answered = new Promise<Answer>((resolve, reject) => {
      this.#waiting.set(transaction, { resolve, reject });
      setTimeout(() => reject(new Unreachable()), LIVE_TIMES.answer_ms);
    }).finally(() => this.#waiting.delete(transaction));
    this.#tell({ topic, payload, way: 'out', at: Date.now() });
    client.publish(topic, payload, { qos: 1 }, (error) => {
      if (error) this.#waiting.get(transaction)?.reject(new Unreachable(error));
    });
    const answer = await answered;
    if (answer.status === 'error') throw new Refused(answer.error);
    return answer.data as AnswerTo<N>;
  }

  #connect(connect: typeof import('mqtt')['connect']): void {
    if (this.#stopped) return;
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const client = connect(`${scheme}://${location.host}/mqtt`, {
      username: this.#user,
      password: '',
      clientId: crypto.randomUUID().slice(0, 23),
      clean: true,
      protocolVersion: 4,
      keepalive: LIVE_TIMES.keepalive_s,
      // Its own retries have no jitter.
      reconnectPeriod: 0,
    });
    this.#client = client;
    client.on('connect', () => {
      const own = `${this.#prefix}/operator/${this.#user}`;
      client.subscribe([`${own}/response/+`, `${own}/event/+`], { qos: 1 }, (error) => {
        if (error) client.end(true);
        else this.#isUp();
      });
    });
    client.on('message', (topic: string, payload: Uint8Array, _packet: IPublishPacket) =>
      this.#hear(topic, new TextDecoder().decode(payload)),
    );
    client.on('error', () => client.end(true));
    client.on('close', () => {
      this.#become('down');
      this.#fail(new Unreachable());
      if (this.#stopped || this.#client !== client) return;
      this.#client = undefined;
      const most = Math.min(LIVE_TIMES.lastRetry_ms, LIVE_TIMES.firstRetry_ms * 2 ** this.#attempt++);
      setTimeout(() => this.#connect(connect), Math.random() * most);
    });
  }

  #isUp(): void {
    this.#attempt = 0;
    this.#become('up');
  }

  #hear(topic: string, payload: string): void {
    this.#tell({ topic, payload, way: 'in', at: Date.now() });
    if (!topic.includes('/response/')) return;
    const answer = JSON.parse(payload) as Answer;
    this.#waiting.get(String(answer.transaction))?.resolve(answer);
  }

  #tell(message: LiveMessage): void {
    const { heard, sent } = this.#traffic;
    this.#traffic =
      message.way === 'in'
        ? { heard: heard + 1, sent, heardAt: message.at }
        : { ...this.#traffic, sent: sent + 1 };
    for (const listener of this.#listeners) listener(message);
  }

  #fail(error: Unreachable): void {
    for (const { reject } of this.#waiting.values()) reject(error);
  }

  #become(state: LineState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#since = Date.now();
    for (const watcher of this.#watchers) watcher(state);
  }
}
