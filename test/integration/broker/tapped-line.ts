import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const PUBLISH = 0x30;

/** A client's line to a broker, where it is seen what the client publishes. What the broker says can be kept back. */
export class TappedLine {
  readonly #server: Server;
  readonly #ends = new Set<Socket>();
  /** Topics that were published, in order, over all connections. */
  readonly published: string[] = [];
  /** How often the client called. */
  calls = 0;
  #isMute = false;

  constructor(brokerPort: number) {
    this.#server = createServer((client) => {
      this.calls++;
      const broker = connect(brokerPort, '127.0.0.1');
      const read = publishReader((topic) => this.published.push(topic));
      client.on('data', (bytes: Buffer) => {
        read(bytes);
        broker.write(bytes);
      });
      broker.on('data', (bytes: Buffer) => {
        if (!this.#isMute) client.write(bytes);
      });
      for (const end of [client, broker]) {
        this.#ends.add(end);
        end.on('error', () => {});
        end.on('close', () => {
          this.#ends.delete(end);
          client.destroy();
          broker.destroy();
        });
      }
    });
  }

  /** The port where the client finds the broker. */
  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  /** From now on no answer of the broker reaches the client, on the connections that stand. */
  mute(): void {
    this.#isMute = true;
  }

  /** The connections that stand are gone; the next ones are as before. */
  cut(): void {
    for (const end of this.#ends) end.destroy();
    this.#isMute = false;
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Tells the topic of each PUBLISH in a stream of MQTT 3.1.1 packets [MQTT-3.3]. */
function publishReader(heard: (topic: string) => void): (bytes: Buffer) => void {
  let waiting = Buffer.alloc(0);
  return (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    for (let size = packetSize(waiting); size !== undefined; size = packetSize(waiting)) {
      const packet = waiting.subarray(0, size.total);
      if ((packet[0] ?? 0) >> 4 === PUBLISH >> 4) {
        const length = packet.readUInt16BE(size.head);
        heard(packet.toString('utf8', size.head + 2, size.head + 2 + length));
      }
      waiting = waiting.subarray(size.total);
    }
  };
}

/** Undefined while a packet is not whole. [MQTT-2.2.3]: seven bits a byte, least first. */
function packetSize(bytes: Buffer): { head: number; total: number } | undefined {
  let length = 0;
  for (let at = 1; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    length += (byte & 127) * 128 ** (at - 1);
    if (byte >= 128) continue;
    const head = at + 1;
    return head + length <= bytes.length ? { head, total: head + length } : undefined;
  }
  return undefined;
}
