import { Socket } from 'node:net';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { DeviceError } from '../errors.ts';
import type { Bus, BusMessage, BusSession } from '../ports.ts';

const MQTT_TIMES = {
  /** A dead line is noticed within 1.5 of these (F20); mobile NATs forget a line that is idle for a minute. */
  keepaliveSeconds: 30,
  /** From the first packet to CONNACK, over TLS and a 3 s round trip. */
  connect_ms: 30_000,
  /** For SUBACK or PUBACK on a line that lives: longer than a 3 s round trip with a full queue before it. */
  answer_ms: 30_000,
  /** For DISCONNECT to leave; on a dead line it never does. */
  farewell_ms: 2_000,
} as const;

export interface MqttBusOptions {
  /** `mqtt://host:port` or `mqtts://host:port`. */
  url: string;
  /** User name and client id: brokers bind the session to the credential. */
  device: string;
  password: string;
  /** PEM of a certificate authority of one's own; absent = those of the system. */
  ca?: string;
  /** The broker did not take name and password; must only set something off. */
  refused?: () => void;
  times?: Partial<Record<keyof typeof MQTT_TIMES, number>>;
}

/** CONNACK 3, "server unavailable" (MQTT 3.1.1, 3.2.2.3): the only refusal that is not about who we are. */
const SERVER_UNAVAILABLE = 3;

interface Line {
  client: MqttClient;
  /** What waits for an answer of the broker: mqtt.js never calls back for it once the connection is gone. */
  pending: Set<() => void>;
}

/** MQTT 3.1.1 with a session that outlives the connection, so that the broker keeps QoS 1 orders for us. */
export class MqttBus implements Bus {
  readonly #options: MqttBusOptions;
  readonly #times: Record<keyof typeof MQTT_TIMES, number>;
  #line: Line | undefined;

  constructor(options: MqttBusOptions) {
    this.#options = options;
    this.#times = { ...MQTT_TIMES, ...options.times };
  }

  async connect(session: BusSession): Promise<void> {
    await this.disconnect();
    const client = connect(this.#options.url, this.#clientOptions(session.will));
    // A small packet behind one that is not acknowledged yet would wait for it: 40 ms, whose end the other side puts off.
    if (client.stream instanceof Socket) client.stream.setNoDelay(true);
    const line: Line = { client, pending: new Set() };
    this.#line = line;
    await new Promise<void>((resolve, reject) => {
      let connected = false;
      let cause: Error | undefined;
      client.on('connect', () => {
        connected = true;
        resolve();
      });
      client.on('message', (topic, payload, { qos, retain }) =>
        session.onMessage({ topic, payload, qos: qos === 0 ? 0 : 1, retained: retain }),
      );
      client.on('error', (error) => {
        cause = error;
        // A refused TLS certificate or CONNACK is told here; the close that follows has no reason of its own.
        if (!connected) client.end(true);
      });
      client.once('close', () => {
        for (const lost of line.pending) lost();
        client.end(true);
        if (this.#line === line) this.#line = undefined;
        if (connected) session.onClosed(cause?.message ?? 'closed');
        else this.#couldNot(connectError(this.#options.url, cause), reject);
      });
    });
  }

  async subscribe(filters: string[]): Promise<void> {
    await this.#answered('subscribe', (client, done) => client.subscribe(filters, { qos: 1 }, done));
  }

  async publish({ topic, payload, qos, retained }: BusMessage): Promise<void> {
    const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
    await this.#answered(topic, (client, done) =>
      client.publish(topic, bytes, { qos, retain: retained }, done),
    );
  }

  async disconnect(): Promise<void> {
    const client = this.#line?.client;
    this.#line = undefined;
    if (client === undefined) return;
    await new Promise<void>((resolve) => {
      const deadline = setTimeout(() => client.end(true, () => resolve()), this.#times.farewell_ms);
      client.once('close', () => {
        clearTimeout(deadline);
        resolve();
      });
      client.end();
    });
  }

  async #answered(
    what: string,
    ask: (client: MqttClient, done: (error?: Error | null) => void) => void,
  ): Promise<void> {
    const line = this.#line;
    if (!line?.client.connected) throw new DeviceError('bus-lost', { what });
    await new Promise<void>((resolve, reject) => {
      const settle = () => {
        clearTimeout(deadline);
        line.pending.delete(lost);
      };
      const lost = () => {
        settle();
        reject(new DeviceError('bus-lost', { what }));
      };
      const deadline = setTimeout(lost, this.#times.answer_ms);
      line.pending.add(lost);
      ask(line.client, (error) => {
        settle();
        if (error) reject(new DeviceError('bus-refused', { what }, error));
        else resolve();
      });
    });
  }

  #couldNot(error: DeviceError, reject: (error: DeviceError) => void): void {
    reject(error);
    if (error.code === 'bus-refused') this.#options.refused?.();
  }

  #clientOptions({ topic, payload, qos, retained }: BusMessage): IClientOptions {
    const { device, password, ca } = this.#options;
    return {
      clientId: device,
      username: device,
      password,
      clean: false,
      protocolVersion: 4,
      // 65,536 ready-made numbers would cost 6 MB and 20 ms at each start, for a few packets a minute.
      writeCache: false,
      // The agent reconnects and subscribes by itself: mqtt.js would do it each second and without jitter.
      reconnectPeriod: 0,
      resubscribe: false,
      keepalive: this.#times.keepaliveSeconds,
      connectTimeout: this.#times.connect_ms,
      rejectUnauthorized: true,
      will: { topic, payload: Buffer.from(payload), qos, retain: retained },
      ...(ca === undefined ? {} : { ca }),
    };
  }
}

function connectError(url: string, cause: Error | undefined): DeviceError {
  const code = cause !== undefined && 'code' in cause ? cause.code : undefined;
  const refused = typeof code === 'number' && code !== SERVER_UNAVAILABLE;
  const { host } = new URL(url);
  return new DeviceError(
    refused ? 'bus-refused' : 'bus-unreachable',
    { host, code, why: cause?.message },
    cause,
  );
}
