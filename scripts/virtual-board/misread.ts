/** What a receiver at one rate makes of bytes sent at another: other bytes, and as many as its own rate would count. */
export function misread(bytes: Uint8Array, sentAtBaud: number, readAtBaud: number): Uint8Array {
  if (sentAtBaud === readAtBaud) return bytes;
  const count = Math.ceil((bytes.length * readAtBaud) / sentAtBaud);
  return Uint8Array.from({ length: count }, (_unused, at) =>
    scrambled((bytes[Math.floor((at * bytes.length) / count)] ?? 0) + at),
  );
}

/** What is left of bytes over which others were sent on the same pair of wires, or that came too fast for the cable. */
export function spoiled(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, at) => scrambled(byte + at));
}

/** Knuth's multiplicative hash: no byte keeps its meaning, and the same bytes give the same noise. */
function scrambled(value: number): number {
  return Math.imul(value + 1, 2_654_435_761) >>> 24;
}
