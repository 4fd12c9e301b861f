/** First and last byte, both inclusive. */
export interface ByteRange {
  from: number;
  to: number;
}

/**
 * `Range: bytes=…` of a file of `bytes` (RFC 9110, 14.2). `whole` where the header is absent, of another unit, malformed
 * or asks for several pieces, all of which a server may ignore; `unsatisfiable` where it lies behind the end.
 */
export function rangeOf(header: string | undefined, bytes: number): ByteRange | 'whole' | 'unsatisfiable' {
  const [, first, last] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return 'whole';
  if (first === '')
    return Number(last) === 0 ? 'unsatisfiable' : { from: Math.max(0, bytes - Number(last)), to: bytes - 1 };
  const from = Number(first);
  if (last !== '' && Number(last) < from) return 'whole';
  if (from >= bytes) return 'unsatisfiable';
  return { from, to: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) };
}
