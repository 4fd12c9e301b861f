import { connect, type Socket } from 'node:net';
import { DeviceError } from '../../errors.ts';
import type { ByteLine } from '../../sign-ports.ts';
import { within } from '../within.ts';

const OPEN_TIMEOUT_MS = 3_000;
const WRITE_TIMEOUT_MS = 2_000;

export interface TcpLineOptions {
  host: string;
  port: number;
  writeTimeoutMs?: number;
}

/** A board behind a TCP socket: a serial server, an ESP on the network, or a virtual board. */
export function tcpLine({ host, port, writeTimeoutMs = WRITE_TIMEOUT_MS }: TcpLineOptions): ByteLine {
  const context = { host, port };
  let socket: Socket | undefined;
  return {
    async open({ onBytes, onClosed }) {
      const opened = connect({ host, port, noDelay: true });
      try {
        await within(
          OPEN_TIMEOUT_MS,
          connected(opened),
          () => new Error(`not open within ${OPEN_TIMEOUT_MS} ms`),
        );
      } catch (cause) {
        opened.destroy();
        throw new DeviceError('line-gone', context, cause);
      }
      let why = 'closed by the other end';
      opened.on('data', onBytes);
      opened.on('error', (error) => {
        why = error.message;
      });
      opened.once('close', () => {
        if (socket !== opened) return;
        socket = undefined;
        onClosed(why);
      });
      socket = opened;
    },

    async write(bytes) {
      const open = socket;
      if (open === undefined) throw new DeviceError('line-gone', context);
      const written = new Promise<void>((resolve, reject) =>
        open.write(bytes, (error) =>
          error ? reject(new DeviceError('line-gone', context, error)) : resolve(),
        ),
      );
      await within(
        writeTimeoutMs,
        written,
        () => new DeviceError('line-stuck', { ...context, writeTimeoutMs }),
      );
    },

    async close() {
      const open = socket;
      socket = undefined;
      open?.destroy();
    },
  };
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
}
