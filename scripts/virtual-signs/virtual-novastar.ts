import type { FarDevice } from '../virtual-board/plug.ts';

const HEAD_AND_SUM_BYTES = 20;
const MOST_DATA_BYTES = 512;

/** A sending card with its screen: registers that are written, and an answer to each request. */
export class VirtualNovastar implements FarDevice {
  mute = false;
  /** Answered with this number instead of being done. */
  ackToTell = 0;
  brightness = 255;
  pattern = 1;
  isKilled = false;
  #held: Buffer = Buffer.alloc(0);

  receive(bytes: Uint8Array): Uint8Array[] {
    this.#held = Buffer.concat([this.#held, bytes]);
    const answers: Uint8Array[] = [];
    for (let request = this.#next(); request !== undefined; request = this.#next())
      answers.push(...this.#take(request));
    return this.mute ? [] : answers;
  }

  /** Cuts the next whole request off what was heard. */
  #next(): Buffer | undefined {
    const start = this.#held.indexOf('55aa', 0, 'hex');
    this.#held = this.#held.subarray(start < 0 ? Math.max(0, this.#held.length - 1) : start);
    if (start < 0 || this.#held.length < HEAD_AND_SUM_BYTES) return undefined;
    const length = this.#held[10] === 1 ? this.#held.readUInt16LE(16) : 0;
    if (length > MOST_DATA_BYTES) {
      this.#held = this.#held.subarray(2);
      return this.#next();
    }
    if (this.#held.length < HEAD_AND_SUM_BYTES + length) return undefined;
    const request = this.#held.subarray(0, HEAD_AND_SUM_BYTES + length);
    this.#held = this.#held.subarray(request.length);
    return request;
  }

  #take(request: Buffer): Uint8Array[] {
    const sum = request.subarray(2, -2).reduce((total, byte) => total + byte, 0x5555) % 65_536;
    if (sum !== request.readUInt16LE(request.length - 2)) return [];
    const value = request[18] ?? 0;
    const register = request.readUInt32LE(12);
    if (this.ackToTell === 0 && request[10] === 1) this.#write(register, value);
    const answer = Buffer.from([
      ...[0xaa, 0x55, this.ackToTell, request[3] ?? 0, 0x00, 0xfe, ...request.subarray(6, 16)],
      ...[0, 0, 0, 0],
    ]);
    answer.writeUInt16LE(answer.subarray(2).reduce((total, byte) => total + byte, 0x5555) % 65_536, 18);
    return [Uint8Array.from(answer)];
  }

  #write(register: number, value: number): void {
    if (register === 0x02000001) this.brightness = value;
    if (register === 0x02000100) this.isKilled = value === 0xff;
    if (register === 0x02000101) this.pattern = value;
  }
}
