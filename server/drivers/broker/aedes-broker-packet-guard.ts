import type { Duplex } from 'node:stream';

/** A remaining length takes at most four bytes, seven bits each (MQTT 3.1.1, 2.2.3). */
const LENGTH_BYTES = 4;

/** Walks MQTT packets by their fixed headers; says how long each will be before its body is there. */
class PacketLengths {
  #left = 0;
  #header: 'type' | 'length' = 'type';
  #length = 0;
  #lengthBytes = 0;

  /** The length of the longest packet begun in this chunk, bytes without the fixed header. */
  longestIn(chunk: Uint8Array): number {
    let longest = 0;
    let at = 0;
    while (at < chunk.length) {
      const skipped = Math.min(this.#left, chunk.length - at);
      this.#left -= skipped;
      at += skipped;
      const byte = chunk[at];
      if (this.#left > 0 || byte === undefined) break;
      this.#read(byte);
      longest = Math.max(longest, this.#left);
      at += 1;
    }
    return longest;
  }

  #read(byte: number): void {
    if (this.#header === 'type') {
      this.#header = 'length';
      this.#length = 0;
      this.#lengthBytes = 0;
      return;
    }
    this.#length += (byte & 0x7f) * 128 ** this.#lengthBytes;
    this.#lengthBytes += 1;
    if ((byte & 0x80) !== 0 && this.#lengthBytes < LENGTH_BYTES) return;
    this.#header = 'type';
    this.#left = this.#length;
  }
}

/**
 * Cuts a connection that announces a packet of more than `limit` says now, in bytes. aedes itself would collect 256 MiB of it in
 * memory first. It reads its socket through `read()`, so the bytes are looked at there and copied nowhere.
 */
export function guardPacketSize(
  socket: Duplex,
  limit: () => number,
  onTooLarge: (bytes: number) => void,
): void {
  const lengths = new PacketLengths();
  const read = socket.read.bind(socket);
  socket.read = (size?: number) => {
    const chunk: unknown = read(size);
    const longest = chunk instanceof Uint8Array ? lengths.longestIn(chunk) : 0;
    if (longest <= limit()) return chunk;
    onTooLarge(longest);
    socket.destroy();
    return null;
  };
}
