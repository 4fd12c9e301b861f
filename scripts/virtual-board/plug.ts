import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { openPty, ptyAvailable } from './pty.ts';
import { Wire, type WireFaults } from './wire.ts';

/** Whatever is at the far end of a line: bytes in, bytes out. `VirtualBoard` is one. */
export interface FarDevice {
  receive(bytes: Uint8Array): Uint8Array[];
}

export interface Plug {
  /** For `openLine`: `tcp:127.0.0.1:4001` or the path of a pty. */
  readonly spec: string;
  readonly toBoard: Wire;
  readonly toHost: Wire;
  /** Pulls the cable. */
  unplug(): Promise<void>;
  /** Pulls the cable after so many more bytes to the board. */
  unplugAfter(bytes: number): void;
  /** The board's end takes no more bytes. */
  freeze(): void;
}

export interface PlugOptions {
  toBoard?: WireFaults;
  toHost?: WireFaults;
  seed?: number;
}

/** A pty where socat is, otherwise TCP. @param folder where the pty's link goes. */
export async function plugIn(device: FarDevice, folder: string, options: PlugOptions = {}): Promise<Plug> {
  return ptyAvailable() ? plugIntoPty(device, join(folder, 'board'), options) : plugIntoTcp(device, options);
}

/** @param path of the near end, to be made. */
export async function plugIntoPty(device: FarDevice, path: string, options: PlugOptions = {}): Promise<Plug> {
  const cable = new Cable(device, options);
  const pty = await openPty(path, (bytes) => cable.fromHost(bytes));
  cable.onHost = (bytes) => pty.write(bytes);
  cable.onPulled = () => pty.close();
  return cable.plug(path, () => pty.freeze());
}

/** Listens on loopback; the last to connect has the board. */
export async function plugIntoTcp(device: FarDevice, options: PlugOptions = {}): Promise<Plug> {
  const cable = new Cable(device, options);
  let socket: Socket | undefined;
  const server = createServer({ noDelay: true }, (connected) => {
    socket?.destroy();
    socket = connected;
    connected.on('data', (bytes) => cable.fromHost(bytes));
    connected.on('error', () => connected.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cable.onHost = (bytes) => void (socket?.writable && socket.write(bytes));
  cable.onPulled = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      socket?.destroy();
    });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return cable.plug(`tcp:127.0.0.1:${port}`, () => void socket?.pause());
}

class Cable {
  onHost: (bytes: Uint8Array) => void = () => {};
  onPulled: () => Promise<void> = async () => {};
  readonly #toBoard: Wire;
  readonly #toHost: Wire;
  #bytesUntilPull = Number.POSITIVE_INFINITY;
  #pulled: Promise<void> | undefined;

  constructor(device: FarDevice, { toBoard, toHost, seed = 1 }: PlugOptions) {
    this.#toHost = new Wire((bytes) => this.onHost(bytes), toHost, seed);
    this.#toBoard = new Wire(
      (bytes) => {
        for (const answer of device.receive(bytes)) this.#toHost.send(answer);
      },
      toBoard,
      seed + 1,
    );
  }

  fromHost(bytes: Uint8Array): void {
    if (this.#pulled !== undefined) return;
    this.#toBoard.send(bytes.subarray(0, this.#bytesUntilPull));
    this.#bytesUntilPull -= bytes.length;
    if (this.#bytesUntilPull <= 0) void this.#pull();
  }

  plug(spec: string, freeze: () => void): Plug {
    return {
      spec,
      toBoard: this.#toBoard,
      toHost: this.#toHost,
      unplug: () => this.#pull(),
      unplugAfter: (bytes) => {
        this.#bytesUntilPull = bytes;
      },
      freeze,
    };
  }

  #pull(): Promise<void> {
    this.#pulled ??= this.onPulled().finally(() => {
      this.#toBoard.close();
      this.#toHost.close();
    });
    return this.#pulled;
  }
}
