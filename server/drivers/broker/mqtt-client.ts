import { Socket } from 'node:net';
import { connect, type MqttClient } from 'mqtt';
import { ServerError } from '../../errors.ts';
import type { BrokerMessage } from '../../ports.ts';

const MQTT_CLIENT_TIMES = { connect_ms: 10_000, keepaliveSeconds: 20, farewell_ms: 2_000 } as const;

export interface MqttClientOptions {
  /** `mqtt://host:port` or `mqtts://host:port`. */
  url: string;
  user: string;
  password: string;
  /** PEM of the authority that signed the broker's certificate; absent = the system's. */
  ca?: string | undefined;
  onMessage: (message: BrokerMessage) => void;
  /** Once, when an established connection is gone. */
  onClosed: (reason: string) => void;
}

/** One connection to a broker, from CONNACK to its end. Coming back is the caller's affair. */
export interface MqttConnection {
  subscribe(filters: string[]): Promise<void>;
  /** Resolves with the PUBACK. Rejects `broker-down` when the connection ends before. */
  publish(message: BrokerMessage): Promise<void>;
  close(): Promise<void>;
}

/** Resolves after CONNACK; rejects `broker-down` with the reason as cause. */
export async function connectMqtt(options: MqttClientOptions): Promise<MqttConnection> {
  const { url, user, password, ca, onMessage, onClosed } = options;
  const client = connect(url, {
    clientId: user,
    username: user,
    password,
    // A request made while nobody listens is not carried out later; devices send their reports again.
    clean: true,
    protocolVersion: 4,
    keepalive: MQTT_CLIENT_TIMES.keepaliveSeconds,
    connectTimeout: MQTT_CLIENT_TIMES.connect_ms,
    // Its own reconnecting has no jitter, and sends again what had no answer: who comes back may have lost the right to (F45).
    reconnectPeriod: 0,
    ...(ca === undefined ? {} : { ca }),
  });
  // An order must not wait until the acknowledgement of its request is acknowledged: 40 ms (Nagle, RFC 1122 4.2.3.4).
  if (client.stream instanceof Socket) client.stream.setNoDelay(true);
  // mqtt.js never calls back for what was under way when the connection is gone.
  const pending = new Set<(error: Error) => void>();
  client.on('message', (topic, payload, { qos, retain }) =>
    onMessage({ topic, payload, qos: qos === 0 ? 0 : 1, retained: retain }),
  );
  await new Promise<void>((resolve, reject) => {
    let connected = false;
    let cause: Error | undefined;
    client.on('connect', () => {
      connected = true;
      resolve();
    });
    client.on('error', (error) => {
      cause = error;
      if (!connected) client.end(true);
    });
    client.once('close', () => {
      client.end(true);
      const down = new ServerError('broker-down', { cause });
      for (const lost of pending) lost(down);
      if (connected) onClosed(cause?.message ?? 'closed');
      else reject(down);
    });
  });
  return {
    subscribe: (filters) =>
      answered(client, pending, (done) => client.subscribe(filters, { qos: 1 }, (error) => done(error))),
    publish: ({ topic, payload, qos, retained }) =>
      answered(client, pending, (done) =>
        client.publish(
          topic,
          Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength),
          { qos, retain: retained },
          (error) => done(error ?? null),
        ),
      ),
    close: () => closed(client),
  };
}

async function answered(
  client: MqttClient,
  pending: Set<(error: Error) => void>,
  ask: (done: (error: Error | null) => void) => void,
): Promise<void> {
  if (!client.connected) throw new ServerError('broker-down');
  await new Promise<void>((resolve, reject) => {
    pending.add(reject);
    ask((error) => {
      pending.delete(reject);
      if (error === null) resolve();
      else reject(new ServerError('broker-down', { cause: error }));
    });
  });
}

async function closed(client: MqttClient): Promise<void> {
  await new Promise<void>((resolve) => {
    // On a dead line DISCONNECT never leaves.
    const deadline = setTimeout(() => client.end(true, () => resolve()), MQTT_CLIENT_TIMES.farewell_ms);
    client.end(false, () => {
      clearTimeout(deadline);
      resolve();
    });
  });
}
