import type { DeviceErrorCode } from '../../errors.ts';
import type { Bitmap, Marquee, PaintedScreen, PaintRequest } from '../../sign-ports.ts';

/**
 * Between the agent and its painter. Requests: one JSON object a line. Answers: 4 bytes length of the header (big
 * endian), 4 bytes length of the pixels, the header as JSON, then the pixels of each screen and of its strip, RGB888.
 */
export interface PaintJob {
  id: number;
  request: PaintRequest;
}

export interface PaintAnswer {
  id: number;
  screens: PaintedScreen[];
  /** Why there are no screens. */
  error?: PaintFailure;
}

/** A code of the agent where the page is at fault; without one the painter is. */
export interface PaintFailure {
  code?: DeviceErrorCode;
  why: string;
  /** The same in Thai, where people are told. */
  why_th?: string;
}

interface Header {
  id: number;
  screens: ScreenHead[];
  error?: PaintFailure;
}

interface ScreenHead extends Size {
  ms: number;
  marquee?: Omit<Marquee, 'strip'> & { strip: Size };
}

type Size = Pick<Bitmap, 'width' | 'height'>;

const PREFIX_BYTES = 8;
/** Above what any answer can be: 200 screens of 256x128. */
const ANSWER_LIMIT_BYTES = 20 * 1024 * 1024;

export function encodeJob(job: PaintJob): string {
  return `${JSON.stringify(job)}\n`;
}

export function encodeAnswer(answer: PaintAnswer): Uint8Array {
  const header: Header = {
    id: answer.id,
    screens: answer.screens.map(headOf),
    ...(answer.error !== undefined && { error: answer.error }),
  };
  const head = Buffer.from(JSON.stringify(header));
  const pixels = Buffer.concat(
    answer.screens.flatMap(({ bitmap, marquee }) => [bitmap.rgb, ...(marquee ? [marquee.strip.rgb] : [])]),
  );
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(head.length, 0);
  prefix.writeUInt32BE(pixels.length, 4);
  return Buffer.concat([prefix, head, pixels]);
}

function headOf({ bitmap, marquee, ms }: PaintedScreen): ScreenHead {
  return { ...sizeOf(bitmap), ms, ...(marquee && { marquee: { ...marquee, strip: sizeOf(marquee.strip) } }) };
}

function sizeOf({ width, height }: Size): Size {
  return { width, height };
}

/** Answers out of a stream of chunks. Throws RangeError on bytes that are no answer: the painter is then to be killed. */
export class AnswerReader {
  #chunks: Buffer[] = [];
  #held = 0;

  push(chunk: Buffer): PaintAnswer[] {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    const answers: PaintAnswer[] = [];
    for (let answer = this.#next(); answer !== undefined; answer = this.#next()) answers.push(answer);
    return answers;
  }

  #next(): PaintAnswer | undefined {
    if (this.#held < PREFIX_BYTES) return undefined;
    const first = this.#chunks[0];
    // Joined only when an answer may be whole, not for each chunk of a long one.
    const start = first !== undefined && first.length >= PREFIX_BYTES ? first : this.#joined();
    const headEnd = PREFIX_BYTES + start.readUInt32BE(0);
    const end = headEnd + start.readUInt32BE(4);
    if (end > ANSWER_LIMIT_BYTES) throw new RangeError(`an answer of ${end} bytes`);
    if (this.#held < end) return undefined;
    const held = this.#joined();
    this.#chunks = [held.subarray(end)];
    this.#held -= end;
    return readAnswer(held.subarray(PREFIX_BYTES, headEnd), held.subarray(headEnd, end));
  }

  #joined(): Buffer {
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}

function readAnswer(head: Buffer, pixels: Buffer): PaintAnswer {
  const { id, screens: heads, error }: Header = JSON.parse(head.toString());
  let at = 0;
  const next = ({ width, height }: Size): Bitmap => {
    const from = at;
    at += width * height * 3;
    // Copied: a view would hold the whole answer in memory for one screen of it.
    return { width, height, rgb: Uint8Array.from(pixels.subarray(from, at)) };
  };
  const screens = heads.map(({ marquee, ms, ...size }) => ({
    bitmap: next(size),
    ms,
    ...(marquee && { marquee: { ...marquee, strip: next(marquee.strip) } }),
  }));
  if (at !== pixels.length) throw new RangeError('screens of another size than announced');
  return { id, screens, ...(error !== undefined && { error }) };
}
