import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as passed } from 'node:timers/promises';
import type { SeededRandom } from '../../../scripts/virtual-world/seeded-random.ts';

export interface ThinLineFaults {
  bytesPerSecond: number;
  /** Probability that a packet is lost: TCP sends it again, and all behind it waits. */
  loss: number;
  /** The connection is reset after about so many bytes. */
  flapsAfterBytes: number;
}

const PACKET_BYTES = 1_400;
/** The least time after which TCP sends a lost packet again (RFC 6298 says 1 s, Linux 200 ms). */
const RESENT_AFTER_MS = 200;

/** What a mobile line at the edge of its cell does to a download, seen from above TCP. */
export class ThinLineProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #faults: ThinLineFaults;
  readonly #random: SeededRandom;
  /** Bytes that came through, over all connections. */
  carried = 0;
  flaps = 0;

  constructor(port: number, faults: ThinLineFaults, random: SeededRandom) {
    this.#faults = faults;
    this.#random = random;
    this.#server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      near.pipe(far);
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => [near, far].forEach((each) => void each.destroy()));
      }
      void this.#trickle(far, near);
    });
  }

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #trickle(from: Socket, to: Socket): Promise<void> {
    const { bytesPerSecond, loss, flapsAfterBytes } = this.#faults;
    let left = flapsAfterBytes * (0.5 + this.#random.fraction());
    try {
      for await (const chunk of from)
        for (let at = 0; at < chunk.length; at += PACKET_BYTES) {
          const packet: Buffer = chunk.subarray(at, at + PACKET_BYTES);
          await passed(
            (packet.length / bytesPerSecond) * 1_000 + (this.#random.chance(loss) ? RESENT_AFTER_MS : 0),
          );
          to.write(packet);
          this.carried += packet.length;
          left -= packet.length;
          if (left > 0) continue;
          this.flaps += 1;
          to.resetAndDestroy();
          return;
        }
      to.end();
    } catch {
      to.destroy();
    }
  }
}
