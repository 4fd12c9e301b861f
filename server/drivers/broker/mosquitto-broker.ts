import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TopicName } from '../../../firmware-protocol/mqtt/catalogue.ts';
import { LIVE, type TopicSpace } from '../../../firmware-protocol/mqtt/topic-space.ts';
import { filterOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { ServerError } from '../../errors.ts';
import { rowsTo } from '../../operators/topic-rights.ts';
import type { Broker, BrokerMessage, BrokerSession, Clock, Log, Random } from '../../ports.ts';
import {
  MOSQUITTO_FILES,
  type MosquittoLogin,
  writePasswords,
  writeRules,
} from './mosquitto-broker-files.ts';
import { connectMqtt, type MqttConnection } from './mqtt-client.ts';

/** Not a name that a person or a device can have: those are lower case. */
export const SERVER_USER = 'PRAKAT';

export const serverUser = (name: string): string => `${SERVER_USER}-${name}`;

/**
 * Mail that one of several servers takes. What the broker keeps (presence, state) each of them hears, also when it comes later than the
 * others: shared subscriptions bring nothing that is kept. The answer of a hall is for the one that asked.
 */
const SHARED: ReadonlySet<TopicName> = new Set<TopicName>(['operatorRequest', 'report', 'health', 'timeAsk']);

const MOSQUITTO_TIMES = {
  /** Full jitter below a bound that doubles: a broker that comes back is not stormed by its own server. */
  firstWait_ms: 200,
  longestWait_ms: 5_000,
} as const;

export interface MosquittoBrokerOptions {
  /** How the server reaches it. */
  url: string;
  ca?: string | undefined;
  password: string;
  /** This server's name at the broker, and those of all that share its work. */
  user: string;
  servers: string[];
  /** Rows that are for others, and that it hears all the same. */
  alsoHears?: TopicName[];
  /** Where Mosquitto reads its configuration, rules and passwords. */
  folder: string;
  /** What it shall listen on. */
  listen: { host: string; port: number };
  /** Everybody with a password, the server among them. */
  logins: () => Promise<MosquittoLogin[]>;
  clock: Clock;
  random: Random;
  /** LIVE unless it is a training server. */
  space?: TopicSpace;
  log: Log;
}

/** A Mosquitto beside the server: the server writes its rules and passwords, and is its client. */
export class MosquittoBroker implements Broker {
  readonly #options: MosquittoBrokerOptions;
  readonly #space: TopicSpace;
  #session: BrokerSession | undefined;
  #connection: MqttConnection | undefined;
  #attempt = 0;
  #cancelRetry: () => void = () => {};
  #connecting: Promise<void> = Promise.resolve();
  #writing: Promise<void> | undefined;
  #writeAgain: Promise<void> | undefined;

  constructor(options: MosquittoBrokerOptions) {
    this.#options = options;
    this.#space = options.space ?? LIVE;
  }

  async start(session: BrokerSession): Promise<void> {
    const { folder, listen, servers } = this.#options;
    await writeRules(folder, { ...listen, servers, space: this.#space });
    await this.#rewrite();
    this.#session = session;
    this.#connecting = this.#connect();
    await this.#connecting;
  }

  /** Where it shall listen, as `listen` says. */
  url(): string {
    const { listen, url } = this.#options;
    return `${new URL(url).protocol}//${listen.host}:${listen.port}`;
  }

  async publish(message: BrokerMessage): Promise<void> {
    if (this.#connection === undefined) throw new ServerError('broker-down');
    await this.#connection.publish({ ...message, topic: this.#space.wire(message.topic) });
  }

  /** One rewrite is under way and at most one waits: enrolling a province is a thousand changes. */
  async credentialsChanged(): Promise<void> {
    if (this.#writing === undefined) {
      this.#writing = this.#rewrite().finally(() => {
        this.#writing = undefined;
      });
      return this.#writing;
    }
    this.#writeAgain ??= this.#writing
      .catch(() => {})
      .then(() => {
        this.#writeAgain = undefined;
        return this.credentialsChanged();
      });
    return this.#writeAgain;
  }

  async stop(): Promise<void> {
    this.#session = undefined;
    this.#cancelRetry();
    await this.#connecting;
    await this.#connection?.close();
    this.#connection = undefined;
  }

  async #connect(): Promise<void> {
    const { url, ca, user, password } = this.#options;
    const session = this.#session;
    if (session === undefined) return;
    let connection: MqttConnection;
    try {
      const onMessage = (message: BrokerMessage) => {
        const topic = this.#space.inner(message.topic);
        if (topic !== undefined) session.onMessage({ ...message, topic });
      };
      const onClosed = (reason: string) => this.#lost(reason);
      connection = await connectMqtt({ url, ca, user, password, onMessage, onClosed });
    } catch (error) {
      this.#retry(error);
      return;
    }
    this.#connection = connection;
    this.#attempt = 0;
    session.onUp();
    try {
      const rows = [...rowsTo('server'), ...(this.#options.alsoHears ?? [])];
      await connection.subscribe(rows.map((row) => this.#filterOf(row)));
    } catch {
      // Deaf is worse than away: its end brings the next try.
      await connection.close();
    }
  }

  #filterOf(row: TopicName): string {
    const shared = this.#options.servers.length > 1 && SHARED.has(row);
    const filter = this.#space.wire(filterOf(row));
    return shared ? `$share/prakat/${filter}` : filter;
  }

  #lost(reason: string): void {
    this.#connection = undefined;
    this.#session?.onDown(reason);
    this.#retry(reason);
  }

  #retry(why: unknown): void {
    if (this.#session === undefined) return;
    const { clock, random, log } = this.#options;
    const bound = Math.min(MOSQUITTO_TIMES.firstWait_ms * 2 ** this.#attempt, MOSQUITTO_TIMES.longestWait_ms);
    const wait_ms = Math.round(random.fraction() * bound);
    this.#attempt = Math.min(this.#attempt + 1, 16);
    log.warn({ why, wait_ms }, 'the broker cannot be reached; trying again');
    this.#cancelRetry = clock.after(wait_ms, () => {
      this.#connecting = this.#connect();
    });
  }

  async #rewrite(): Promise<void> {
    const { folder, logins, log } = this.#options;
    await writePasswords(folder, await logins());
    const pid = await processId(join(folder, MOSQUITTO_FILES.pid));
    if (pid === undefined) return;
    try {
      process.kill(pid, 'SIGHUP');
    } catch (error) {
      log.warn({ pid, error }, 'Mosquitto could not be told to read its passwords again');
    }
  }
}

/** Undefined: it is not running, and will read the files when it starts. */
async function processId(path: string): Promise<number | undefined> {
  try {
    const pid = Number.parseInt(await readFile(path, 'utf8'), 10);
    return pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}
