import { DeviceError } from '../../device/errors.ts';
import type { Bus, BusMessage, BusSession } from '../../device/ports.ts';
import type { Life } from './life.ts';
import { type LineFaults, QUIET_LINE } from './line-faults.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What the driver grants an answer of the broker, and CONNACK (MQTT_TIMES of device/drivers/mqtt-bus.ts). */
const ANSWER_MS = 30_000;
/** A client notices a line on which nothing moves within one and a half keepalives of 30 s (F20). */
const NOTICED_AFTER_MS = 45_000;

interface Session {
  filters: Set<string>;
  /** QoS 1 messages that wait for the client to come back. */
  queue: BusMessage[];
  live: { session: BusSession; life: Life } | undefined;
  /** What waits for an answer of the broker: it comes no more when the connection is gone. */
  waiting: Set<() => void>;
  /** When the last thing that was said has come to the broker, monotonic ms. */
  heardUntil: number;
}

/** MQTT as far as a device can tell: sessions that outlive connections, retained messages, wills, and bad lines. */
export class SimBroker {
  readonly #time: VirtualClock;
  readonly #random: SeededRandom;
  readonly #retained = new Map<string, BusMessage>();
  readonly #sessions = new Map<string, Session>();
  /** How often a client logged on. */
  connections = 0;
  /** How often one tried to. */
  dials = 0;
  #serverHears: (topic: string, payload: Uint8Array) => void = () => {};
  #reachable = true;
  #awayUntil = 0;
  /** What clients say into a line on which nothing moves; undefined = it moves. */
  #frozen: { goOn: () => void; giveUp: () => void }[] | undefined;
  #faults: LineFaults = QUIET_LINE;

  constructor(time: VirtualClock, random: SeededRandom) {
    this.#time = time;
    this.#random = random;
  }

  /** From now on the line to the hall is as bad as this, and no worse. */
  suffer(faults: Partial<LineFaults>): void {
    this.#faults = { ...QUIET_LINE, ...faults };
  }

  /** Everything that is published reaches the server too, without faults: the server is not what is tried here. */
  server(hears: (topic: string, payload: Uint8Array) => void): void {
    this.#serverHears = hears;
  }

  retained(topic: string): BusMessage | undefined {
    return this.#retained.get(topic);
  }

  /** The network goes: every connection ends, none can be made. */
  cutNetwork(): void {
    this.#reachable = false;
    for (const client of this.#sessions.keys()) this.#hangUp(client, 'network');
  }

  /** Half-open: nothing passes any more and nobody is told; the clients find out by their keepalive. */
  freezeNetwork(): void {
    if (this.#frozen !== undefined) return;
    const frozen: { goOn: () => void; giveUp: () => void }[] = [];
    this.#frozen = frozen;
    this.#reachable = false;
    this.#time.after(NOTICED_AFTER_MS, () => {
      if (this.#frozen !== frozen) return;
      for (const { giveUp } of frozen.splice(0)) giveUp();
      for (const client of this.#sessions.keys()) this.#hangUp(client, 'keepalive');
    });
  }

  /** For days, and not for longer: until then nobody restores it. */
  cutNetworkFor(ms: number): void {
    if (this.#time.monotonic() < this.#awayUntil) return;
    this.cutNetwork();
    this.#awayUntil = this.#time.monotonic() + ms;
    this.#time.after(ms, () => this.restoreNetwork());
  }

  /** Nothing is wrong any more. */
  mend(): void {
    this.#awayUntil = 0;
    this.suffer(QUIET_LINE);
    this.restoreNetwork();
  }

  restoreNetwork(): void {
    if (this.#time.monotonic() < this.#awayUntil) return;
    this.#reachable = true;
    const frozen = this.#frozen ?? [];
    this.#frozen = undefined;
    for (const { goOn } of frozen) goOn();
    for (const session of this.#sessions.values()) if (session.live !== undefined) this.#flush(session);
  }

  /** Killed with its default persistence: sessions, queues and retained messages are gone. */
  kill(): void {
    for (const client of this.#sessions.keys()) this.#hangUp(client, 'broker killed');
    this.#sessions.clear();
    this.#retained.clear();
  }

  /** The client's process died: nobody says goodbye, the will is published. */
  lost(client: string): void {
    const session = this.#sessions.get(client);
    const will = session?.live?.session.will;
    if (session !== undefined) this.#leave(session);
    if (will !== undefined) this.publish(will);
  }

  publish(message: BusMessage): void {
    if (message.retained) this.#retained.set(message.topic, message);
    this.#serverHears(message.topic, message.payload);
    for (const session of this.#sessions.values())
      if ([...session.filters].some((filter) => matches(filter, message.topic)))
        this.#send(session, { ...message, retained: false });
  }

  /** The bus of one life of a client. */
  bus(client: string, life: Life): Bus {
    return {
      connect: async (session) => {
        await life.only(undefined);
        this.dials += 1;
        await this.#dial(life);
        this.connections += 1;
        const held = this.#sessions.get(client) ?? newSession();
        this.#sessions.set(client, held);
        held.live = { session, life };
        this.#time.after(0, () => this.#flush(held));
      },
      subscribe: async (filters) => {
        const session = this.#connected(client, life);
        await this.#exchange(session, 0, () => this.#subscribe(session, filters));
        await life.only(undefined);
      },
      publish: async (message) => {
        const session = this.#connected(client, life);
        const answered = this.#exchange(session, message.payload.length, () => this.publish(message));
        if (message.qos === 1) await answered;
        else answered.catch(() => {});
        await life.only(undefined);
      },
      disconnect: async () => {
        const session = this.#sessions.get(client);
        if (session?.live?.life === life) this.#leave(session);
      },
    };
  }

  /** A black hole takes the handshake and gives nothing back; a slow line takes its time. */
  async #dial(life: Life): Promise<void> {
    const slow_ms =
      this.#frozen === undefined ? this.#delay_ms('up_ms') + this.#delay_ms('answer_ms') : ANSWER_MS;
    if (this.#reachable || this.#frozen !== undefined) await passed(life, Math.min(slow_ms, ANSWER_MS));
    if (!this.#reachable || slow_ms >= ANSWER_MS) throw new DeviceError('bus-unreachable');
  }

  /**
   * To the broker, which then does `arrive`, and back. Rejects when no answer comes in time, though it may have arrived and may
   * arrive yet: a client knows no more.
   */
  #exchange(session: Session, bytes: number, arrive: () => void): Promise<void> {
    const { live } = session;
    return new Promise((resolve, reject) => {
      const settle = (then: () => void) => {
        if (!session.waiting.delete(lost)) return;
        forget();
        if (live?.life.alive) then();
      };
      const lost = () => settle(() => reject(new DeviceError('bus-lost')));
      session.waiting.add(lost);
      const forget = this.#time.after(ANSWER_MS, lost);
      const arrived = () => {
        arrive();
        this.#in(this.#delay_ms('answer_ms'), () => settle(resolve));
      };
      this.#in(this.#way_ms(session, bytes), () => {
        // What was on its way on a connection that is gone went with it.
        if (session.live !== live) return;
        if (this.#frozen === undefined) arrived();
        else this.#frozen.push({ goOn: arrived, giveUp: lost });
      });
    });
  }

  /** How long until the broker has heard so many bytes, ms. */
  #way_ms(session: Session, bytes: number): number {
    const now = this.#time.monotonic();
    const carried_ms = (1_000 * bytes) / this.#faults.bytesPerSecond;
    session.heardUntil = Math.max(session.heardUntil, now + this.#delay_ms('up_ms')) + carried_ms;
    return session.heardUntil - now;
  }

  #delay_ms(which: 'up_ms' | 'answer_ms'): number {
    const longest_ms = this.#faults[which];
    return longest_ms === 0 ? 0 : this.#random.between(0, longest_ms);
  }

  /** At once where nothing delays it. */
  #in(ms: number, call: () => void): void {
    if (ms > 0) this.#time.after(ms, call);
    else call();
  }

  #subscribe(session: Session, filters: string[]): void {
    for (const filter of filters) {
      session.filters.add(filter);
      for (const message of this.#retained.values())
        if (matches(filter, message.topic)) this.#send(session, message);
    }
  }

  /** The connection is gone, whoever ended it. */
  #leave(session: Session): void {
    session.live = undefined;
    session.heardUntil = 0;
    for (const lost of [...session.waiting]) lost();
  }

  #connected(client: string, life: Life): Session {
    const session = this.#sessions.get(client);
    if (session?.live?.life !== life) throw new DeviceError('bus-lost');
    return session;
  }

  #hangUp(client: string, reason: string): void {
    const session = this.#sessions.get(client);
    const live = session?.live;
    if (session === undefined || live === undefined) return;
    this.#leave(session);
    if (live.life.alive) live.session.onClosed(reason);
  }

  #flush(session: Session): void {
    for (const message of session.queue.splice(0)) this.#send(session, message);
  }

  #send(session: Session, message: BusMessage): void {
    const { drop, duplicate, delay_ms } = this.#faults;
    const random = this.#random;
    if (random.chance(drop)) return;
    const copies = random.chance(duplicate) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++)
      this.#time.after(delay_ms === 0 ? 0 : random.between(0, delay_ms), () =>
        this.#arrive(session, message),
      );
  }

  #arrive(session: Session, message: BusMessage): void {
    const { live } = session;
    const isQueued = message.qos === 1;
    if (live === undefined || !live.life.alive || this.#frozen !== undefined) {
      if (isQueued) session.queue.push(message);
      return;
    }
    if (isQueued && this.#random.chance(this.#faults.unacknowledged)) session.queue.push(message);
    live.session.onMessage(message);
  }
}

function newSession(): Session {
  return { filters: new Set(), queue: [], live: undefined, waiting: new Set(), heardUntil: 0 };
}

function passed(life: Life, ms: number): Promise<void> {
  return ms > 0 ? new Promise((resolve) => life.clock.after(ms, resolve)) : Promise.resolve();
}

function matches(filter: string, topic: string): boolean {
  if (!filter.includes('+')) return filter === topic;
  const levels = topic.split('/');
  const wanted = filter.split('/');
  return (
    wanted.length === levels.length && wanted.every((level, at) => level === '+' || level === levels[at])
  );
}
