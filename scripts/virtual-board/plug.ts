import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { FIRST_RATE } from '../../firmware-protocol/serial/line.ts';
import { misread, spoiled } from './misread.ts';
import { baudOfPty, openPty, ptyAvailable } from './pty.ts';
import { Wire, type WireFaults } from './wire.ts';

/** Whatever is at the far end of a line: bytes in, bytes out. `VirtualBoard` is one. */
export interface FarDevice {
  receive(bytes: Uint8Array): Uint8Array[];
  /** The rate at which it listens and speaks; absent where it has none. */
  readonly baud?: number;
}

/** Start, eight data bits, stop. */
const BITS_PER_BYTE = 10;

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
  /** Bytes travel at the board's rate, and are noise to an end that is at another. A pty tells the host's rate itself. */
  rated?: boolean | { hostBaud: () => number | undefined };
  /** One pair of wires for both directions: who speaks while the other does spoils both (RS-485). */
  halfDuplex?: boolean;
  /** The host hears its own bytes too, as many RS-485 adapters have it. */
  echo?: boolean;
}

/** A pty where socat is, otherwise TCP. @param folder where the pty's link goes. */
export async function plugIn(device: FarDevice, folder: string, options: PlugOptions = {}): Promise<Plug> {
  return ptyAvailable() ? plugIntoPty(device, join(folder, 'board'), options) : plugIntoTcp(device, options);
}

/** @param path of the near end, to be made. */
export async function plugIntoPty(device: FarDevice, path: string, options: PlugOptions = {}): Promise<Plug> {
  const hostBaud = options.rated === true ? recentBaud(path) : undefined;
  const cable = new Cable(device, hostBaud === undefined ? options : { ...options, rated: { hostBaud } });
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

/** Asking the terminal costs a process: a host does not change its rate faster than this. */
const BAUD_KNOWN_MS = 10;

function recentBaud(path: string): () => number | undefined {
  let askedAt = Number.NEGATIVE_INFINITY;
  let baud: number | undefined;
  return () => {
    if (performance.now() - askedAt > BAUD_KNOWN_MS) {
      baud = baudOfPty(path);
      askedAt = performance.now();
    }
    return baud;
  };
}

class Cable {
  onHost: (bytes: Uint8Array) => void = () => {};
  onPulled: () => Promise<void> = async () => {};
  readonly #device: FarDevice;
  readonly #options: PlugOptions;
  readonly #toBoard: Wire;
  readonly #toHost: Wire;
  #bytesUntilPull = Number.POSITIVE_INFINITY;
  #pulled: Promise<void> | undefined;

  constructor(device: FarDevice, options: PlugOptions) {
    const { toBoard, toHost, seed = 1 } = options;
    this.#device = device;
    this.#options = options;
    this.#toHost = new Wire((bytes) => this.onHost(bytes), toHost, seed);
    this.#toBoard = new Wire((bytes) => this.#arrived(bytes), toBoard, seed + 1);
  }

  fromHost(bytes: Uint8Array): void {
    if (this.#pulled !== undefined) return;
    const collides = this.#options.halfDuplex === true && this.#toHost.isBusy();
    if (collides) this.#toHost.spoil();
    const sent = bytes.subarray(0, this.#bytesUntilPull);
    this.#pace();
    if (this.#options.echo === true) this.onHost(sent);
    this.#toBoard.send(collides ? spoiled(sent) : sent);
    this.#bytesUntilPull -= bytes.length;
    if (this.#bytesUntilPull <= 0) void this.#pull();
  }

  #arrived(bytes: Uint8Array): void {
    const { boardBaud, hostBaud } = this.#bauds();
    const answers = this.#device.receive(misread(bytes, hostBaud, boardBaud));
    for (const answer of answers) this.#toHost.send(misread(answer, boardBaud, hostBaud));
  }

  /** Both the same where rates do not matter. */
  #bauds(): { boardBaud: number; hostBaud: number } {
    const { rated } = this.#options;
    const boardBaud = this.#device.baud ?? FIRST_RATE;
    const known = typeof rated === 'object' ? rated.hostBaud() : undefined;
    return { boardBaud, hostBaud: known ?? boardBaud };
  }

  #pace(): void {
    if (!this.#options.rated) return;
    const bytesPerSecond = this.#bauds().boardBaud / BITS_PER_BYTE;
    for (const wire of [this.#toBoard, this.#toHost]) wire.faults.bytesPerSecond = bytesPerSecond;
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
