import { connect, type IClientOptions, type MqttClient } from 'mqtt';

export interface Heard {
  topic: string;
  text: string;
  retained: boolean;
}

/** An ordinary MQTT client, as a device, a person or an attacker would use it. */
export class Guest {
  readonly client: MqttClient;
  readonly heard: Heard[] = [];
  closed = false;

  private constructor(client: MqttClient) {
    this.client = client;
    client.on('message', (topic, payload, { retain }) =>
      this.heard.push({ topic, text: payload.toString(), retained: retain }),
    );
    client.on('close', () => {
      this.closed = true;
    });
    client.on('error', () => {});
  }

  /** Rejects with the reason of the broker's CONNACK, or when the line is cut before one. */
  static async enter(url: string, options: IClientOptions): Promise<Guest> {
    const client = connect(url, {
      reconnectPeriod: 0,
      protocolVersion: 4,
      connectTimeout: 5_000,
      ...options,
    });
    const guest = new Guest(client);
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.once('error', reject);
      client.once('close', () => reject(new Error('cut off')));
    }).catch((error: unknown) => {
      client.end(true);
      throw error;
    });
    return guest;
  }

  /** Resolves when the broker answered, whatever it said, or cut the line. */
  async subscribe(...filters: string[]): Promise<void> {
    await this.#untilCut((done) => this.client.subscribe(filters, { qos: 1 }, done));
  }

  /** Resolves when the broker acknowledged or cut the line: an attacker learns no more. */
  async publish(topic: string, text: string, options: { qos?: 0 | 1; retain?: boolean } = {}): Promise<void> {
    await this.#untilCut((done) => this.client.publish(topic, text, { qos: 1, ...options }, done));
  }

  async #untilCut(ask: (done: () => void) => void): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = () => {
        this.client.off('close', done);
        resolve();
      };
      this.client.once('close', done);
      ask(done);
    });
  }

  texts(): string[] {
    return this.heard.map(({ text }) => text);
  }

  async leave(): Promise<void> {
    if (!this.closed) await this.client.endAsync();
  }

  /** As when the power goes: no DISCONNECT. */
  cut(): void {
    this.client.stream.destroy();
  }
}
