import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Packets of MQTT 3.1.1 by hand, right or wrong: no library would send the wrong ones. */

/** [MQTT-2.2.3]: seven bits a byte. */
function remaining(length: number): number[] {
  const [low, high] = [length % 128, Math.floor(length / 128)];
  return high === 0 ? [low] : [low + 128, ...remaining(high)];
}
function packet(first: number, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([first, ...remaining(body.length)]), body]);
}
function field(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content as string);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
}

export function connectPacket({ user, password }: { user: string; password: string }): Buffer {
  // Clean session, name and password, keepalive 60 s.
  const head = Buffer.concat([field('MQTT'), Buffer.from([4, 0xc2, 0, 60])]);
  return packet(0x10, Buffer.concat([head, field(user), field(user), field(password)]));
}
export function publishPacket(topic: string | Uint8Array, body: string): Buffer {
  return packet(0x30, Buffer.concat([field(topic), Buffer.from(body)]));
}
export function subscribePacket(filter: string | Uint8Array): Buffer {
  return packet(0x82, Buffer.concat([Buffer.from([0, 1]), field(filter), Buffer.from([1])]));
}

/** A connection that sends what it is told, and says nothing more. */
export class RawClient {
  readonly #socket: Socket;
  #isClosed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('data', () => {});
    socket.on('close', () => {
      this.#isClosed = true;
    });
  }

  static async open(url: string): Promise<RawClient> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const client = new RawClient(socket);
    await once(socket, 'connect');
    return client;
  }

  get closed(): boolean {
    return this.#isClosed;
  }

  send(...packets: Uint8Array[]): void {
    if (!this.#isClosed) this.#socket.write(Buffer.concat(packets));
  }

  close(): void {
    this.#socket.destroy();
  }
}
