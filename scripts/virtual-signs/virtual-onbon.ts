import type { FarDevice } from '../virtual-board/plug.ts';

export interface VirtualOnbonOptions {
  width: number;
  height: number;
  card: { series: 'bx-5k' } | { series: 'bx-6'; planes: 1 | 2 | 3 | 'rgb' };
}

/** A controller of Onbon's as far as public facts go: answers ping, status, clear and switch, or shows a picture area. */
export class VirtualOnbon implements FarDevice {
  mute = false;
  /** Answered with this number instead of being done. */
  errorToTell: number | undefined;
  isOn = true;
  cleared = 0;
  #rgb: Uint8Array;
  #body: number[] | undefined;
  #escape: number | undefined;
  readonly #options: VirtualOnbonOptions;

  constructor(options: VirtualOnbonOptions) {
    this.#options = options;
    this.#rgb = new Uint8Array(options.width * options.height * 3).fill(7);
  }

  receive(bytes: Uint8Array): Uint8Array[] {
    const answers: Uint8Array[] = [];
    for (const byte of bytes) {
      const body = this.#hear(byte);
      const answer = body === undefined ? undefined : this.#take(Buffer.from(body));
      if (answer !== undefined) answers.push(answer);
    }
    return this.mute ? [] : answers;
  }

  lamps(): { width: number; height: number; rgb: Uint8Array } {
    const { width, height } = this.#options;
    return { width, height, rgb: this.#rgb.slice() };
  }

  /** The bytes between the marks, once they are whole. */
  #hear(byte: number): number[] | undefined {
    if (byte === 0xa5) {
      this.#body = [];
      this.#escape = undefined;
      return undefined;
    }
    const body = this.#body;
    if (body === undefined) return undefined;
    if (byte === 0x5a) {
      this.#body = undefined;
      return body;
    }
    if (this.#escape !== undefined) {
      body.push(byte === 2 ? this.#escape - 1 : this.#escape);
      this.#escape = undefined;
    } else if (byte === 0xa6 || byte === 0x5b) this.#escape = byte;
    else body.push(byte);
    return undefined;
  }

  #take(body: Buffer): Uint8Array | undefined {
    const isLong = this.#options.card.series === 'bx-6';
    const header = isLong ? 16 : 14;
    if (body.length < header + 5 + 2 || checksum(body.subarray(0, -2)) !== body.readUInt16LE(body.length - 2))
      return undefined;
    const data = body.subarray(header, -2);
    const error = this.errorToTell ?? (isLong ? this.#showArea(data) : this.#do(data));
    return isLong ? longAnswer(body, error) : shortAnswer(body, error);
  }

  /** The number of the error, 0 for none. */
  #do(data: Buffer): number {
    const command = data.readUInt16BE(0);
    if (command === 0xa310) {
      this.cleared += 1;
      this.#rgb.fill(0);
    } else if (command === 0xa300) this.isOn = data[5] === 1;
    else if (command !== 0xa200 && command !== 0xa102) return 2;
    return 0;
  }

  /** Fields at the places where BxReqSendDynArea, BxAreaDynamic and BxPage of the maker write them. */
  #showArea(data: Buffer): number {
    if (data[0] !== 1 || data.readUInt16BE(1) !== 0xa700 || data.readUInt16LE(5) !== 1) return 2;
    const area = data.subarray(11, 11 + data.readUInt32LE(7));
    const pixels = data.subarray(11 + area.length);
    const { width, height, card } = this.#options;
    const isAsLargeAsTheSign = area.readUInt16LE(17) === width && area.readUInt16LE(19) === height;
    if (area[12] !== 0x10 || !isAsLargeAsTheSign || area.readUInt16LE(31) !== 1) return 4;
    if (area.readUInt32LE(33) !== area.length - 37 || area.readUInt32LE(59) !== pixels.length) return 4;
    if (card.series !== 'bx-6') return 2;
    if (card.planes === 'rgb') this.#rgb = Uint8Array.from(pixels);
    else this.#showPlanes(pixels, card.planes);
    return 0;
  }

  #showPlanes(pixels: Buffer, planes: 1 | 2 | 3): void {
    const { width, height } = this.#options;
    const words = Math.ceil(width / 32);
    const isLit = (plane: number, x: number, y: number) => {
      const word = pixels.readUInt32LE(4 * ((plane * height + y) * words + Math.floor(x / 32)));
      return ((word >>> (31 - (x % 32))) & 1) === 0;
    };
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let colour = 0; colour < 3; colour++)
          this.#rgb[(y * width + x) * 3 + colour] = colour < planes && isLit(colour, x, y) ? 255 : 0;
  }
}

function shortAnswer(request: Buffer, error: number): Uint8Array {
  const head = [0x00, 0x80, 0x01, 0x00, 0, 0, 0, 0, 0, 0, request[10] ?? 0, 0x02, 5, 0];
  return framed([...head, 0xa0, error === 0 ? 0 : 1, error, 0, 0]);
}

function longAnswer(request: Buffer, error: number): Uint8Array {
  const head = [0x00, 0x80, 0x01, 0x00, 0xf0, 0, ...request.subarray(6, 8), 0, 0, 0, 0, 9, 0, 0, 0];
  return framed([...head, 0, 0xa0, error === 0 ? 0 : 1, 0, 0, error, 0, 0, 0]);
}

function framed(body: number[]): Uint8Array {
  const sum = checksum(Uint8Array.from(body));
  const escaped = [...body, sum & 0xff, sum >> 8].flatMap((byte) => {
    if (byte === 0xa5 || byte === 0xa6) return [0xa6, byte === 0xa5 ? 2 : 1];
    if (byte === 0x5a || byte === 0x5b) return [0x5b, byte === 0x5a ? 2 : 1];
    return [byte];
  });
  return Uint8Array.from([0xa5, 0xa5, 0xa5, 0xa5, 0xa5, 0xa5, 0xa5, 0xa5, ...escaped, 0x5a]);
}

/** CRC-16/ARC the long way: bits of each byte from the lowest, against the polynomial 8005 turned round. */
function checksum(bytes: Uint8Array): number {
  let register = 0;
  for (const byte of bytes)
    for (let bit = 0; bit < 8; bit++) {
      const isOdd = (register & 1) !== ((byte >> bit) & 1);
      register = isOdd ? (register >> 1) ^ 0xa001 : register >> 1;
    }
  return register;
}
