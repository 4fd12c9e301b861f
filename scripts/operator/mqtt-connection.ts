import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';

export type Connection = MqttClient;

/** One connection, once: nothing reconnects behind the caller's back. Rejects when refused or out of reach. */
export async function openMqtt(url: string, options: IClientOptions): Promise<Connection> {
  const client = mqtt.connect(url, { ...options, reconnectPeriod: 0 });
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve());
    client.once('error', reject);
    client.once('close', () => reject(new Error('connection closed')));
  });
  return client;
}
