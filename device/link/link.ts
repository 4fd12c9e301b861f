import { type AreaCode, type DeviceId, zoneOf } from '../../firmware-protocol/content/area.ts';
import { canonicalJson } from '../../firmware-protocol/content/canonical-json.ts';
import { HALL_TOPICS, hallTopics } from '../../firmware-protocol/mqtt/hall-topics.ts';
import type { DeviceState, Health, Presence } from '../../firmware-protocol/mqtt/messages.ts';
import { DeviceError } from '../errors.ts';
import type { Bus, BusMessage, Clock, Log, Random } from '../ports.ts';
import { type BackOffRange, fullJitter } from './back-off.ts';
import { type Lane, Lanes, type MessageHandlers } from './lanes.ts';
import { subscriptionsOf } from './subscriptions.ts';
import { Telemetry } from './telemetry.ts';

export const LINK_TIMES = {
  /** Full jitter up to five minutes: 75,000 handshakes are about 200 CPU-seconds (DESIGN 7). */
  reconnect: { base_ms: 1_000, cap_ms: 300_000 } satisfies BackOffRange,
  /** A line that lived this long was a good one: the next try starts from the base again, so flapping backs off. */
  settled_ms: 30_000,
  /** Until the broker is asked again for what it keeps, where the disk did not take it. */
  askAgain_ms: 300_000,
} as const;

/** What brokers keep, and show again to who subscribes again (MQTT 3.1.1, 3.8.4). */
const KEPT_BY_BROKER: ReadonlySet<Lane> = new Set(['keys', 'programme', 'release']);

interface SentAs {
  qos: 0 | 1;
  retained: boolean;
  signed?: boolean;
}

export interface LinkHandlers extends Omit<MessageHandlers, 'failed'> {
  /** Connected, subscribed, and the birth is out. */
  connected(): void;
  disconnected(): void;
}

export interface LinkParts {
  bus: Bus;
  clock: Clock;
  random: Random;
  log: Log;
  device: DeviceId;
  village: AreaCode;
  boot: number;
  state: () => DeviceState;
  health: () => Promise<Health>;
  handlers: LinkHandlers;
}

type OwnTopic = 'presence' | 'state' | 'health' | 'report' | 'timeAsk';

/** The agent's line to the broker: stays connected by itself from `start` to `stop`. */
export class Link {
  readonly #parts: LinkParts;
  readonly #own: { zone: string; device: DeviceId };
  readonly #lanes: Lanes;
  readonly #telemetry: Telemetry;
  #silentSince = 0;
  #tripMs: number | undefined;
  #isRedialling = false;
  #since: number;
  #running = false;
  #online = false;
  /** The line that is up, or was last. */
  #connection: object | undefined;
  #attempt = 0;
  #trouble: unknown;
  readonly #tried: Promise<void>;
  #hasTried = () => {};
  #cancelReconnect: () => void = () => {};
  #cancelSettled: () => void = () => {};
  #cancelAskAgain: () => void = () => {};

  constructor(parts: LinkParts) {
    const { clock, log, state, health, handlers } = parts;
    this.#parts = parts;
    this.#since = clock.monotonic();
    this.#tried = new Promise((resolve) => {
      this.#hasTried = resolve;
    });
    this.#own = { zone: zoneOf(parts.village), device: parts.device };
    const respond = (what: string, answer: object) =>
      this.#send(hallTopics.topicOf('deviceResponse', { ...this.#own, what }), answer, {
        qos: 1,
        retained: false,
      });
    const failed = (lane: Lane) => KEPT_BY_BROKER.has(lane) && this.askAgain(LINK_TIMES.askAgain_ms);
    this.#lanes = new Lanes({ ...handlers, failed }, respond, log);
    const publish = (name: 'state' | 'health', payload: object) => this.publish(name, payload);
    this.#telemetry = new Telemetry({ clock, log, state, health, publish });
  }

  /** Starts trying; never rejects, never gives up. */
  start(): void {
    this.#running = true;
    void this.#connect();
  }

  /** Resolves when the first try has ended, well or not. */
  tried(): Promise<void> {
    return this.#tried;
  }

  /** Says `offline`, hangs up, and lets the messages in hand be finished. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelReconnect();
    if (this.#online) await this.#quietly(this.publish('presence', this.#presence('offline')));
    this.#closed('stopped');
    await this.#quietly(this.#parts.bus.disconnect());
    await this.#lanes.close();
  }

  /** Monotonic instant since when there has been a line, or none. */
  since(): number {
    return this.#since;
  }

  /** Monotonic instant since when nothing has come in, though there was a line. */
  silentSince(): number {
    return this.#silentSince;
  }

  /** From the last word to the broker until its acknowledgement, ms; undefined = nothing was said on this line. */
  tripMs(): number | undefined {
    return this.#tripMs;
  }

  /** Hangs up on a line that is of no use, and dials again. */
  redial(reason: string): void {
    if (!this.#online) return;
    this.#isRedialling = true;
    this.#closed(reason);
    void this.#quietly(this.#parts.bus.disconnect());
  }

  /** Subscribes again in so long: the broker shows once more what it keeps. Where there is no line, the next one does that. */
  askAgain(ms: number): void {
    const { bus, clock, device, village } = this.#parts;
    this.#cancelAskAgain();
    if (!this.#online) return;
    this.#cancelAskAgain = clock.after(ms, () =>
      this.#quietly(bus.subscribe(subscriptionsOf(device, village))),
    );
  }

  connected(): boolean {
    return this.#online;
  }

  /** What the last try failed with; undefined while there is a line, or before the first try has ended. */
  trouble(): unknown {
    return this.#trouble;
  }

  /** Publishes on a topic of this device. QoS 1 resolves with the PUBACK; rejects `bus-lost` while there is no line. */
  async publish(name: OwnTopic, payload: object): Promise<void> {
    if (!this.#online) throw new DeviceError('bus-lost', { topic: name });
    const said = this.#parts.clock.monotonic();
    await this.#send(hallTopics.topicOf(name, this.#own), payload, HALL_TOPICS[name]);
    if (HALL_TOPICS[name].qos === 1) this.#tripMs = this.#parts.clock.monotonic() - said;
  }

  /** The state may have changed; see Telemetry. */
  stateChanged(): void {
    this.#telemetry.stateChanged();
  }

  async #connect(): Promise<void> {
    const { bus, clock, log, device, village } = this.#parts;
    let alive = true;
    const connection = {};
    try {
      await bus.connect({
        will: this.#message(
          hallTopics.topicOf('presence', this.#own),
          this.#presence('offline'),
          HALL_TOPICS.presence,
        ),
        onMessage: (message) => {
          this.#silentSince = clock.monotonic();
          this.#lanes.take(message);
        },
        onClosed: (reason) => {
          alive = false;
          // One that is told late must not take down the line that came after it.
          if (this.#connection === connection) this.#closed(reason);
        },
      });
      await bus.subscribe(subscriptionsOf(device, village));
      await this.#send(
        hallTopics.topicOf('presence', this.#own),
        this.#presence('online'),
        HALL_TOPICS.presence,
      );
      if (!alive || !this.#running) throw new DeviceError('bus-lost');
    } catch (error) {
      this.#trouble = error;
      log.warn({ error, attempt: this.#attempt }, 'no line to the broker');
      await this.#quietly(bus.disconnect());
      this.#hasTried();
      this.#reconnectLater();
      return;
    }
    this.#connection = connection;
    this.#online = true;
    this.#tripMs = undefined;
    this.#since = clock.monotonic();
    // Who hung up for silence has not heard anything yet; who was away begins to listen now.
    if (!this.#isRedialling) this.#silentSince = clock.monotonic();
    this.#isRedialling = false;
    this.#trouble = undefined;
    this.#cancelSettled = clock.after(LINK_TIMES.settled_ms, () => {
      this.#attempt = 0;
    });
    log.info({ attempt: this.#attempt }, 'line to the broker is up');
    this.#parts.handlers.connected();
    this.#telemetry.connected();
    this.#hasTried();
  }

  #closed(reason: string): void {
    if (!this.#online) return;
    this.#online = false;
    this.#since = this.#parts.clock.monotonic();
    this.#cancelSettled();
    this.#cancelAskAgain();
    this.#parts.log.warn({ reason }, 'line to the broker is gone');
    this.#telemetry.disconnected();
    this.#parts.handlers.disconnected();
    this.#reconnectLater();
  }

  #reconnectLater(): void {
    if (!this.#running) return;
    const wait_ms = fullJitter(LINK_TIMES.reconnect, this.#attempt, this.#parts.random);
    this.#attempt += 1;
    this.#cancelReconnect = this.#parts.clock.after(wait_ms, () => void this.#connect());
  }

  /** Will, birth and farewell carry the boot number: the will of an older boot loses against the birth of a newer. */
  #presence(state: Presence['state']): Presence {
    return { state, boot: this.#parts.boot };
  }

  #send(topic: string, payload: object, row: SentAs): Promise<void> {
    return this.#parts.bus.publish(this.#message(topic, payload, row));
  }

  #message(topic: string, payload: object, { qos, retained, signed }: SentAs): BusMessage {
    // As it was signed: who verifies need not bring it into that form again.
    const text = signed ? canonicalJson(payload) : JSON.stringify(payload);
    return { topic, payload: Buffer.from(text), qos, retained };
  }

  async #quietly(step: Promise<void>): Promise<void> {
    try {
      await step;
    } catch (error) {
      this.#parts.log.info({ error }, 'on the way out');
    }
  }
}
