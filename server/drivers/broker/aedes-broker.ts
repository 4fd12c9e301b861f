import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Aedes, type AuthenticateError, type Client } from 'aedes';
import { MAX_PACKET_BYTES, MAX_TOPIC_LEVELS } from '../../../firmware-protocol/mqtt/topic-row.ts';
import { LIVE, type TopicSpace } from '../../../firmware-protocol/mqtt/topic-space.ts';
import { filterOf, topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { ServerError } from '../../errors.ts';
import type { PeopleLines } from '../../live/people-lines.ts';
import { coveredBy, mayPublish, rowsTo, subscribableFilters } from '../../operators/topic-rights.ts';
import type { Broker, BrokerMessage, BrokerSession, Door, Log, Principal } from '../../ports.ts';
import { listening } from '../http/listening.ts';
import { guardPacketSize } from './aedes-broker-packet-guard.ts';

const AEDES_TIMES = {
  /** A subscriber that takes nothing is cut off after this. The largest message needs it on a line of 64 kbit/s. */
  drainTimeout_ms: 70_000,
  /** From the TCP connection to the CONNECT packet: half-open scanners go away. */
  connectTimeout_ms: 10_000,
} as const;

/**
 * Messages under delivery at a time. Each message waits for its slowest subscriber, so at aedes' 100 one frozen client
 * that was sent 100 messages would hold up everybody (F29).
 */
const DELIVERIES_AT_ONCE = 10_000;

/** No row of ours is QoS 2; aedes keeps each such message in memory until the sender releases it: a thousand of 1 MiB. */
const UNRELEASED_OF_A_CLIENT = 8;
/**
 * Of who is not known yet: a name, a password and a last will are some 2 KiB (Mosquitto takes 100,000 bytes). A thousand strangers who each
 * begin the largest packet there is would hold a gigabyte until they are given up.
 */
const STRANGERS_PACKET_BYTES = 16 * 1024;
/** A device has some 20 filters, a person one or two; each costs memory for as long as its owner stays. */
const FILTERS_OF_A_CLIENT = 64;
/** Of what strangers send, in a log line. */
const LOGGED_CHARS = 64;

export interface AedesBrokerOptions {
  /** Port 0 = any free one; see `url()`. Absent: nobody comes by TCP, only who is welcomed. */
  listen?: { host: string; port: number };
  door: Door;
  /** LIVE unless it is a training server. */
  space?: TopicSpace;
  log: Log;
}

/** How somebody comes, and whom the CONNECT makes of him. */
export interface Visit {
  /** An address, for the log. */
  from: string;
  enter(user: string, password: string): Promise<Principal | undefined>;
}

/** Takes in who speaks MQTT over something else than its own TCP port. */
export interface PageBroker {
  welcome(stream: Duplex, visit: Visit): void;
}

/**
 * The embedded broker: MQTT 3.1.1, the server inside it without a socket in between. Nothing is kept for clients that
 * are away (the outbox sends again), so its memory is bounded by who is connected.
 */
export class AedesBroker implements Broker, PageBroker, PeopleLines {
  readonly #options: AedesBrokerOptions;
  readonly #space: TopicSpace;
  readonly #guests = new Map<Client, Guest>();
  /** Few among many halls. */
  readonly #people = new Set<Guest>();
  readonly #visits = new WeakMap<Duplex, Visit>();
  /** Lines of those who were let in. */
  readonly #known = new WeakSet<Duplex>();
  #running: { aedes: Aedes; server: Server | undefined } | undefined;

  constructor(options: AedesBrokerOptions) {
    this.#options = options;
    this.#space = options.space ?? LIVE;
  }

  async start(session: BrokerSession): Promise<void> {
    const aedes = new Aedes({
      concurrency: DELIVERIES_AT_ONCE,
      connectTimeout: AEDES_TIMES.connectTimeout_ms,
      drainTimeout: AEDES_TIMES.drainTimeout_ms,
      maxTopicLevels: MAX_TOPIC_LEVELS,
      maxInflightInbound: UNRELEASED_OF_A_CLIENT,
      preConnect: (_client, packet, done) => {
        packet.clean = true;
        done(null, true);
      },
      authenticate: (client, user, password, done) => {
        this.#admit(client, user ?? '', password?.toString('utf8') ?? '').then(
          (admitted) => (admitted ? done(null, true) : done(refusal(), false)),
          (error: unknown) => {
            this.#options.log.error({ error, user }, 'a log-on could not be checked');
            done(refusal(), false);
          },
        );
      },
      authorizePublish: (client, { topic, retain, payload }, done) => {
        const who = client === null ? undefined : this.#guests.get(client)?.who;
        const inner = this.#space.inner(topic);
        const bytes = Buffer.byteLength(payload);
        const allowed =
          who !== undefined && inner !== undefined && mayPublish(who, { topic: inner, retain, bytes });
        done(
          allowed ? null : new Error(`${who?.user} may not publish this on ${topic.slice(0, LOGGED_CHARS)}`),
        );
      },
      authorizeSubscribe: (client, wanted, done) => {
        const guest = this.#guests.get(client);
        const inner = this.#space.inner(wanted.topic);
        const allowed = guest !== undefined && inner !== undefined && mayHear(guest, inner);
        // Null is the SUBACK code "failure"; the session goes on.
        done(null, allowed ? wanted : null);
      },
    });
    await aedes.listen();
    aedes.on('clientDisconnect', (client) => this.#leave(client));
    aedes.on('clientError', (client, error) =>
      this.#options.log.info({ client: client.id, why: error.message }, 'a client was cut off'),
    );
    for (const row of rowsTo('server')) {
      const hear = ({ topic, payload, qos }: Received, done: () => void) => {
        // Inside the broker every message is heard as it is sent; none comes from its memory.
        const inner = this.#space.inner(topic);
        if (inner !== undefined)
          session.onMessage({
            topic: inner,
            payload: bytesOf(payload),
            qos: qos === 0 ? 0 : 1,
            retained: false,
          });
        done();
      };
      await new Promise<void>((resolve) => aedes.subscribe(this.#space.wire(filterOf(row)), hear, resolve));
    }
    const { listen, door, log } = this.#options;
    const server = listen && createServer((socket) => this.welcome(socket, visitOf(socket, door)));
    this.#running = { aedes, server };
    if (listen && server) await listening(server, listen.host, listen.port, log);
    session.onUp();
  }

  welcome(stream: Duplex, visit: Visit): void {
    const running = this.#running;
    if (running === undefined) {
      stream.destroy();
      return;
    }
    this.#visits.set(stream, visit);
    const limit = () => (this.#known.has(stream) ? MAX_PACKET_BYTES : STRANGERS_PACKET_BYTES);
    guardPacketSize(stream, limit, (bytes) =>
      this.#options.log.warn({ from: visit.from, bytes }, 'a packet was too large'),
    );
    running.aedes.handle(stream);
  }

  /** Where it listens. */
  url(): string {
    const { host = '', port = 0 } = this.#options.listen ?? {};
    const address = this.#running?.server?.address();
    return `mqtt://${host}:${typeof address === 'object' && address !== null ? address.port : port}`;
  }

  async publish({ topic, payload, qos, retained }: BrokerMessage): Promise<void> {
    const running = this.#running;
    if (running === undefined) throw new ServerError('broker-down');
    const packet = {
      cmd: 'publish',
      topic: this.#space.wire(topic),
      payload: bytesOf(payload),
      qos,
      retain: retained,
      dup: false,
    } as const;
    // Not awaited: the callback comes when the slowest subscriber has it, and that may be a frozen one.
    running.aedes.publish(packet, (error) => {
      if (error !== undefined && error !== null)
        this.#options.log.error({ topic, error }, 'the embedded broker did not take a message');
    });
  }

  isHeard(what: string): boolean {
    for (const guest of this.#people) if (listensTo(guest, what)) return true;
    return false;
  }

  /** Whether a line of a person is there that hears this topic. */
  reaches(topic: string): boolean {
    for (const { filters } of this.#people) if (coveredBy([...filters], topic)) return true;
    return false;
  }

  listeners(what: string): string[] {
    const listening = [...this.#people].filter((guest) => listensTo(guest, what));
    return [...new Set(listening.map(({ who }) => who.user))];
  }

  tell(user: string, what: string, payload: Uint8Array): void {
    const topic = topicOf('operatorEvent', { user, what });
    if (this.#running !== undefined) void this.publish({ topic, payload, qos: 1, retained: false });
  }

  async credentialsChanged(user: string): Promise<void> {
    for (const [client, { who }] of this.#guests) if (who.user === user) client.close();
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    if (running === undefined) return;
    const { server } = running;
    const closed = server && new Promise<void>((resolve) => server.close(() => resolve()));
    await new Promise<void>((resolve) => running.aedes.close(resolve));
    await closed;
  }

  /** Checks name and password, and binds the session to the name: nobody takes over the session of another (F26). */
  async #admit(client: Client, user: string, password: string): Promise<boolean> {
    const visit = this.#visits.get(client.conn);
    const who = await visit?.enter(user, password);
    const ownId = who?.kind === 'operator' || client.id === user;
    if (who === undefined || !ownId || client.closed) {
      const [shownUser, shownId] = [user, client.id].map((each) => each.slice(0, LOGGED_CHARS));
      this.#options.log.warn({ user: shownUser, client: shownId, from: visit?.from }, 'a log-on was refused');
      return false;
    }
    // People may be logged on several times, under ids of their own; "/" is in no device's name.
    if (who.kind === 'operator') client.id = `${user}/${client.id}`;
    const events = filterOf('operatorEvent', { user }).slice(0, -1);
    const guest = { who, filters: new Set<string>(), events };
    this.#guests.set(client, guest);
    this.#known.add(client.conn);
    if (who.kind === 'operator') this.#people.add(guest);
    return true;
  }

  #leave(client: Client): void {
    const guest = this.#guests.get(client);
    this.#guests.delete(client);
    if (guest !== undefined) this.#people.delete(guest);
  }
}

function visitOf(socket: Socket, door: Door): Visit {
  socket.setNoDelay(true);
  const from = socket.remoteAddress ?? '';
  return { from, enter: (user, password) => door.open(user, password, from) };
}

/** Whoever is connected, and what it asked to hear in this session. */
interface Guest {
  who: Principal;
  filters: Set<string>;
  /** How the topics of a person's events begin; what is asked of 75,000 halls a minute is not put together each time. */
  events: string;
}

function mayHear({ who, filters }: Guest, wanted: string): boolean {
  if (!coveredBy(subscribableFilters(who), wanted)) return false;
  if (!filters.has(wanted) && filters.size >= FILTERS_OF_A_CLIENT) return false;
  filters.add(wanted);
  return true;
}

function listensTo({ events, filters }: Guest, what: string): boolean {
  return filters.has(`${events}+`) || filters.has(events + what);
}

interface Received {
  topic: string;
  payload: string | Buffer;
  qos: number;
}

function bytesOf(payload: string | Uint8Array): Buffer {
  return typeof payload === 'string'
    ? Buffer.from(payload)
    : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
}

/** CONNACK code 5: not authorised (MQTT 3.1.1, 3.2.2.3). */
function refusal(): AuthenticateError {
  return Object.assign(new Error('not authorised'), { returnCode: 5 as const });
}
