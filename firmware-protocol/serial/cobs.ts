/**
 * Consistent Overhead Byte Stuffing (Cheshire and Baker, 1999): bytes without a zero, so that zero can end a frame.
 * Costs one byte and one more in each 254, whatever the content: a page of any picture keeps its time (SPEC 2).
 */
const LONGEST_GROUP = 0xff;

/** The most bytes that `count` bytes become. */
export function stuffedBytes(count: number): number {
  return count + 1 + Math.floor(count / (LONGEST_GROUP - 1));
}

/** Writes the stuffed form of `plain` into `into` from `at` on; returns the offset after it. No delimiter is written. */
export function stuff(plain: Uint8Array, into: Uint8Array, at: number): number {
  let codeAt = at;
  let write = at + 1;
  for (const byte of plain) {
    if (write - codeAt === LONGEST_GROUP) {
      into[codeAt] = LONGEST_GROUP;
      codeAt = write++;
    }
    if (byte === 0) {
      into[codeAt] = write - codeAt;
      codeAt = write++;
    } else {
      into[write++] = byte;
    }
  }
  into[codeAt] = write - codeAt;
  return write;
}

/** Unstuffs the first `count` bytes of `bytes` in place; returns how many are left, or undefined when not well formed. */
export function unstuff(bytes: Uint8Array, count: number): number | undefined {
  let read = 0;
  let write = 0;
  while (read < count) {
    const code = bytes[read] ?? 0;
    const end = read + code;
    if (code === 0 || end > count) return undefined;
    bytes.copyWithin(write, read + 1, end);
    write += code - 1;
    read = end;
    if (code < LONGEST_GROUP && read < count) bytes[write++] = 0;
  }
  return write;
}
