import type { Socket } from 'node:net';

/** How long a visitor may take. Node's own timeouts begin with `listen`, and this server never listens: it is handed sockets. */
export class Turn {
  readonly #socket: Socket;
  readonly #ms: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(socket: Socket, ms: number) {
    this.#socket = socket;
    this.#ms = ms;
    this.begin();
    socket.once('close', () => this.end());
  }

  begin(): void {
    this.end();
    this.#timer = setTimeout(() => this.#socket.destroy(), this.#ms);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
