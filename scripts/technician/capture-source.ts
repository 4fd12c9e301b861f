import { createReadStream } from 'node:fs';
import { openLine } from '../../device/drivers/line/line.ts';
import { Failed, Misused } from '../cli.ts';
import { lineFailure } from './line-failure.ts';

/** Bytes of a capture, as they come; ends by itself, or when `ended` is aborted. */
export type Capture = AsyncIterable<Uint8Array>;

/** `00 0a:ff` or `000aff`, with or without 0x. Throws Misused. */
export function hexBytes(text: string): Uint8Array {
  const digits = text.replace(/0x/gi, '').replace(/[\s,:;-]/g, '');
  if (digits === '' || digits.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(digits))
    throw new Misused({
      en: '--hex is pairs of hex digits, such as "00 0c 01"',
      th: '--hex คือเลขฐานสิบหกเป็นคู่ เช่น "00 0c 01"',
    });
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

/** A file of raw bytes; `-` or nothing is standard input. */
export function fileCapture(path: string | undefined, ended: AbortSignal): Capture {
  const stream = path === undefined || path === '-' ? process.stdin : createReadStream(path);
  ended.addEventListener('abort', () => stream.destroy(), { once: true });
  return bytesOf(stream, path ?? '-', ended);
}

async function* bytesOf(stream: AsyncIterable<unknown>, path: string, ended: AbortSignal): Capture {
  try {
    for await (const chunk of stream) if (chunk instanceof Uint8Array) yield chunk;
  } catch (cause) {
    if (ended.aborted) return;
    throw new Failed(
      { en: `${path} cannot be read`, th: `อ่าน ${path} ไม่ได้` },
      { code: 'file-unreadable', cause },
    );
  }
}

/** Chunks that wait to be looked at; a capture that is faster than its reader loses, and says so. */
const MOST_WAITING_BYTES = 1 << 20;

/** Whatever arrives on a line. Nothing is ever sent. Rejects with words when the line cannot be opened. */
export async function* lineCapture(spec: string, ended: AbortSignal): Capture {
  const line = openLine(spec);
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let closed = ended.aborted;
  let wake: () => void = () => {};
  const close = () => {
    closed = true;
    wake();
  };
  ended.addEventListener('abort', close, { once: true });
  try {
    await line.open({
      onBytes: (bytes) => {
        if (waitingBytes + bytes.length > MOST_WAITING_BYTES) return;
        waiting.push(Uint8Array.from(bytes));
        waitingBytes += bytes.length;
        wake();
      },
      onClosed: close,
    });
    while (!closed || waiting.length > 0) {
      const taken = waiting;
      [waiting, waitingBytes] = [[], 0];
      yield* taken;
      if (!closed && waiting.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } catch (error) {
    throw await lineFailure(spec, error);
  } finally {
    ended.removeEventListener('abort', close);
    await line.close();
  }
}
