import type { SerialPort } from 'serialport';
import { DeviceError } from '../../errors.ts';
import type { ByteLine } from '../../sign-ports.ts';
import { within } from '../within.ts';

const OPEN_TIMEOUT_MS = 3_000;
const CLOSE_TIMEOUT_MS = 1_000;
const RATE_TIMEOUT_MS = 500;
const WRITE_TIMEOUT_MS = 2_000;
/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;

export interface SerialLineOptions {
  /** A device file; /dev/serial/by-id/... keeps its name when the adapter is plugged in elsewhere. */
  path: string;
  /** At which it is opened. */
  baud: number;
  /** Whether the link may go over to another rate. */
  fixed: boolean;
  writeTimeoutMs?: number;
}

/** A serial port: 8 data bits, no parity, 1 stop bit, no flow control; locked against a second program. */
export function serialLine({
  path,
  baud,
  fixed,
  writeTimeoutMs = WRITE_TIMEOUT_MS,
}: SerialLineOptions): ByteLine {
  const context = { path, baud };
  let port: SerialPort | undefined;
  let rate = baud;
  const setRate = async (wanted: number): Promise<void> => {
    if (port === undefined) throw new DeviceError('line-gone', context);
    const open = port;
    await within(
      RATE_TIMEOUT_MS,
      called((done) => open.update({ baudRate: wanted }, done)),
      () => new Error(`no other rate within ${RATE_TIMEOUT_MS} ms`),
    ).catch((cause: unknown) => {
      throw new DeviceError('line-gone', { ...context, wanted }, cause);
    });
    rate = wanted;
  };
  return {
    get bytesPerSecond() {
      return rate / BITS_PER_BYTE;
    },

    ...(!fixed && { setRate }),

    async open({ onBytes, onClosed }) {
      // It has a native part: loaded with the first port that is opened, and never where a line is TCP.
      const { default: serialport } = await import('serialport');
      const opened = new serialport.SerialPort({ path, baudRate: baud, autoOpen: false });
      try {
        await within(
          OPEN_TIMEOUT_MS,
          called((done) => opened.open(done)),
          () => new Error(`not open within ${OPEN_TIMEOUT_MS} ms`),
        );
      } catch (cause) {
        // One that opens after all would keep its lock and stand in the way of the next try.
        opened.once('open', () => opened.close());
        throw new DeviceError('line-gone', context, cause);
      }
      opened.on('data', onBytes);
      // What an error means is told by the write that failed or by the close that follows.
      opened.on('error', () => {});
      opened.once('close', (error: Error | null) => {
        if (port !== opened) return;
        port = undefined;
        onClosed(error?.message ?? 'closed');
      });
      port = opened;
      rate = baud;
    },

    async write(bytes) {
      if (port === undefined) throw new DeviceError('line-gone', context);
      const open = port;
      const written = called((done) => open.write(Buffer.from(bytes), done)).catch((cause) => {
        throw new DeviceError('line-gone', context, cause);
      });
      await within(
        writeTimeoutMs,
        written,
        () => new DeviceError('line-stuck', { ...context, writeTimeoutMs }),
      );
    },

    async close() {
      const open = port;
      port = undefined;
      if (open === undefined) return;
      // A port that is gone may fail to close or never say so; there is nothing left to save either way.
      await within(
        CLOSE_TIMEOUT_MS,
        called((done) => open.close(done)),
        () => new Error(`not closed within ${CLOSE_TIMEOUT_MS} ms`),
      ).catch(() => {});
    },
  };
}

function called(call: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => call((error) => (error ? reject(error) : resolve())));
}
