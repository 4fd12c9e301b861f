/**
 * Pixels on the line and in the page CRC: RGB565, two bytes each, high byte first (rrrrrggg gggbbbbb), row by row from
 * the top left.
 */
export const PIXEL_BYTES = 2;

/** How the pixels of a region are written; a board announces those it reads. Numbers are bits of the announced set. */
export const ENCODINGS = { raw: 0, 'run-length': 1, deflate: 2 } as const;

/** A literal group holds 1..128 pixels (control 0..127), a run 2..129 (control 128..255). */
const LONGEST_LITERAL = 128;
const SHORTEST_RUN = 2;
const LONGEST_RUN = 129;

/**
 * Run-length form of whole pixels: per group one control byte n, then for n < 128 the n+1 pixels themselves, else one pixel
 * that stands n-126 times. Never more than 1/256 longer than raw, and one byte.
 */
export function encodeRuns(pixels: Uint8Array): Uint8Array {
  const count = pixels.length / PIXEL_BYTES;
  const out = new Uint8Array(pixels.length + Math.ceil(count / LONGEST_LITERAL));
  let write = 0;
  let literalFrom = 0;
  let at = 0;
  const flushLiterals = (end: number): void => {
    while (literalFrom < end) {
      const length = Math.min(end - literalFrom, LONGEST_LITERAL);
      out[write++] = length - 1;
      out.set(pixels.subarray(literalFrom * PIXEL_BYTES, (literalFrom + length) * PIXEL_BYTES), write);
      write += length * PIXEL_BYTES;
      literalFrom += length;
    }
  };
  while (at < count) {
    const run = runAt(pixels, at, count);
    if (run >= SHORTEST_RUN) {
      flushLiterals(at);
      out[write++] = run - SHORTEST_RUN + LONGEST_LITERAL;
      out.set(pixels.subarray(at * PIXEL_BYTES, (at + 1) * PIXEL_BYTES), write);
      write += PIXEL_BYTES;
      literalFrom = at + run;
    }
    at += run;
  }
  flushLiterals(count);
  return out.subarray(0, write);
}

function runAt(pixels: Uint8Array, at: number, count: number): number {
  const high = pixels[at * PIXEL_BYTES];
  const low = pixels[at * PIXEL_BYTES + 1];
  let run = 1;
  while (
    run < LONGEST_RUN &&
    at + run < count &&
    pixels[(at + run) * PIXEL_BYTES] === high &&
    pixels[(at + run) * PIXEL_BYTES + 1] === low
  )
    run++;
  return run;
}

/** Exactly `count` pixels, or undefined when the data is anything else. Never throws, never holds more than that. */
export function decodeRuns(data: Uint8Array, count: number): Uint8Array | undefined {
  const pixels = new Uint8Array(count * PIXEL_BYTES);
  let write = 0;
  let read = 0;
  while (read < data.length) {
    const control = data[read++] ?? 0;
    const literal = control < LONGEST_LITERAL;
    const taken = literal ? (control + 1) * PIXEL_BYTES : PIXEL_BYTES;
    const made = literal ? taken : (control - LONGEST_LITERAL + SHORTEST_RUN) * PIXEL_BYTES;
    if (read + taken > data.length || write + made > pixels.length) return undefined;
    const group = data.subarray(read, read + taken);
    for (let at = write; at < write + made; at += taken) pixels.set(group, at);
    read += taken;
    write += made;
  }
  return write === pixels.length ? pixels : undefined;
}
