const HEADER_BYTES = 44;

/** Pieces of mono signed 16-bit sound, one after the other, as a WAV file (RIFF, format 1). */
export function monoWav(pieces: Int16Array[], rateHz: number): Uint8Array {
  const frames = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const file = Buffer.alloc(HEADER_BYTES + frames * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rateHz, 24);
  file.writeUInt32LE(rateHz * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(frames * 2, 40);
  let at = HEADER_BYTES;
  for (const piece of pieces) for (const sample of piece) at = file.writeInt16LE(sample, at);
  return file;
}
