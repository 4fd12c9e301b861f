/** CRC-32 of IEEE 802.3 (reflected 0xEDB88320, all ones in and out): the one of zlib, PNG and Ethernet (SPEC 3). */
const TABLE = Uint32Array.from({ length: 256 }, (_unused, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc >>> 0;
});

/** Unsigned 32-bit. `crc32` of the ASCII digits 123456789 is 0xCBF43926. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

/** The way a CRC is written for people: 8 hex digits. */
export function crcHex(crc: number): string {
  return crc.toString(16).padStart(8, '0');
}
