import { Duplex } from 'node:stream';

/** A WebSocket as the framework gives it. */
export interface WebSocketLike {
  on(event: 'message', call: (data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean) => void): unknown;
  on(event: 'close', call: () => void): unknown;
  on(event: 'error', call: (error: Error) => void): unknown;
  send(data: Uint8Array, done: (error?: Error | null) => void): void;
  pause(): void;
  resume(): void;
  close(code: number): void;
  terminate(): void;
}

/** RFC 6455, 7.4.1: done; text where bytes are spoken. */
const CLOSE = { done: 1000, notBytes: 1003 } as const;

/**
 * The bytes of a WebSocket as a stream, whatever its frames (MQTT 3.1.1, 6.0.0-2). Whoever reads slowly stops the sender, and a write is over when the
 * bytes are with the operating system, as on a TCP connection. Text ends it (6.0.0-1).
 */
export class WebSocketStream extends Duplex {
  readonly #socket: WebSocketLike;
  #code: number = CLOSE.done;

  constructor(socket: WebSocketLike) {
    super();
    this.#socket = socket;
    socket.on('message', (data, isBinary) => this.#take(data, isBinary));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => {
      this.push(null);
      this.destroy();
    });
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error | null) => void): void {
    this.#socket.send(chunk, done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.close(this.#code);
    // Its answer is not waited for: whoever is cut off may be frozen.
    this.#socket.terminate();
    done(error);
  }

  #take(data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean): void {
    if (!isBinary) {
      this.#code = CLOSE.notBytes;
      this.destroy(new Error('text instead of bytes'));
      return;
    }
    const bytes = Array.isArray(data)
      ? Buffer.concat(data)
      : Buffer.isBuffer(data)
        ? data
        : Buffer.from(data);
    if (!this.push(bytes)) this.#socket.pause();
  }
}
