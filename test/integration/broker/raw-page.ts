import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Frames of RFC 6455, 5.2, by hand: no library would send the wrong ones. */
const OPCODE = { text: 1, binary: 2 } as const;
const IS_LAST = 0x80;
const IS_MASKED = 0x80;

export function frame(kind: keyof typeof OPCODE, content: Uint8Array): Buffer {
  const length = content.length;
  const head =
    length < 126
      ? Buffer.from([IS_LAST | OPCODE[kind], IS_MASKED | length])
      : length < 65_536
        ? Buffer.from([IS_LAST | OPCODE[kind], IS_MASKED | 126, length >> 8, length & 255])
        : Buffer.from([IS_LAST | OPCODE[kind], IS_MASKED | 127, 0, 0, 0, 0, ...lengthOf(length)]);
  // A mask of zeros leaves the content as it is.
  return Buffer.concat([head, Buffer.alloc(4), content]);
}

function lengthOf(length: number): number[] {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return [...bytes];
}

/** A WebSocket that sends what it is told. */
export class RawPage {
  readonly #socket: Socket;
  #heard = Buffer.alloc(0);
  closed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      this.#heard = Buffer.concat([this.#heard, chunk]);
    });
    socket.on('close', () => {
      this.closed = true;
    });
  }

  /** Sends the handshake; what came back is in `heard`. */
  static async knock(url: string, path: string, headers: Record<string, string> = {}): Promise<RawPage> {
    const { hostname, port, host } = new URL(url);
    const socket = connect(Number(port), hostname);
    const page = new RawPage(socket);
    await once(socket, 'connect');
    const all = {
      host,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16, 7).toString('base64'),
      'sec-websocket-protocol': 'mqtt',
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
    return page;
  }

  get heard(): Buffer {
    return this.#heard;
  }

  send(...frames: Uint8Array[]): void {
    if (!this.closed) this.#socket.write(Buffer.concat(frames));
  }

  leave(): void {
    this.#socket.destroy();
  }
}
