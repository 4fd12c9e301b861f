import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';

export type Connection = MqttClient;

/** CONNACK return codes 4 and 5 (MQTT 3.1.1, 3.2.2.3): bad user name or password, not authorized. */
const NOT_AUTHORIZED: ReadonlySet<unknown> = new Set([4, 5]);

/** One connection, once: nothing reconnects behind the caller's back. Rejects when refused or out of reach. */
export async function openMqtt(url: string, options: IClientOptions): Promise<Connection> {
  const client = mqtt.connect(url, { ...options, reconnectPeriod: 0 });
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve());
    client.once('error', reject);
    client.once('close', () => reject(new Error('connection closed')));
  }).catch((error: unknown) => {
    client.end(true);
    throw error;
  });
  // What breaks an open connection also closes it, and `close` is what its user listens to.
  client.on('error', () => {});
  return client;
}

/** Whether `openMqtt` was rejected because the broker did not accept the name and password. */
export function isNotAuthorized(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NOT_AUTHORIZED.has(error.code);
}
