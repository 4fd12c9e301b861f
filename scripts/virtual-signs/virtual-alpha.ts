import type { FarDevice } from '../virtual-board/plug.ts';

/** Red, green and blue of the dot digits of 9708-8061F, 6.4.1, as bright as the digit says. */
const DOT_COLOURS: Record<string, [number, number, number]> = {
  '0': [0, 0, 0],
  '1': [255, 0, 0],
  '2': [0, 255, 0],
  '3': [255, 255, 0],
  '8': [255, 255, 0],
};
const DIM_PERCENTS = [100, 86, 72, 58, 44];
const BUFFER_BYTES = 20_000;
const [PARITY, CHECKSUM, ILLEGAL] = [0x01, 0x10, 0x20];

export interface VirtualAlphaOptions {
  width: number;
  height: number;
  parity?: 'even' | 'none';
  /** Takes no packet without one. */
  wantsChecksum?: 'sum' | 'xor';
  mute?: boolean;
}

/** A BetaBrite-like sign as the manual describes it: memory to be laid out, dot pictures, one text that calls them. */
export class VirtualAlpha implements FarDevice {
  mute: boolean;
  brightnessPercent = 100;
  readonly #options: VirtualAlphaOptions;
  readonly #pictures = new Map<string, { width: number; height: number; rows: string[] }>();
  readonly #texts = new Map<string, string>();
  #sequence = '';
  #errors = 0;
  #packet: string | undefined;
  #nuls = 0;

  constructor(options: VirtualAlphaOptions) {
    this.#options = options;
    this.mute = options.mute ?? false;
  }

  receive(bytes: Uint8Array): Uint8Array[] {
    const answers: Uint8Array[] = [];
    for (const raw of bytes) {
      if (this.#options.parity === 'even' && ones(raw) % 2 !== 0) this.#errors |= PARITY;
      const answer = this.#hear(this.#options.parity === 'even' ? raw & 0x7f : raw);
      if (answer !== undefined) answers.push(answer);
    }
    return this.mute ? [] : answers;
  }

  /** What a person sees now. */
  lamps(): { width: number; height: number; rgb: Uint8Array } {
    const { width, height } = this.#options;
    const rgb = new Uint8Array(width * height * 3);
    const text = this.#texts.get(this.#sequence) ?? '';
    const called = text.indexOf('\x14');
    const picture = called < 0 ? undefined : this.#pictures.get(text[called + 1] ?? '');
    for (const [y, row] of (picture?.rows ?? []).entries())
      for (const [x, digit] of [...row].entries())
        rgb.set(DOT_COLOURS[digit] ?? [0, 0, 0], (y * width + x) * 3);
    return { width, height, rgb };
  }

  #hear(byte: number): Uint8Array | undefined {
    if (byte === 0x01) this.#packet = this.#nuls >= 5 ? '' : undefined;
    else if (byte === 0x04 && this.#packet !== undefined) {
      const packet = this.#packet;
      this.#packet = undefined;
      return this.#take(packet);
    } else if (this.#packet !== undefined && this.#packet.length < BUFFER_BYTES)
      this.#packet += String.fromCharCode(byte);
    this.#nuls = byte === 0x00 ? this.#nuls + 1 : 0;
    return undefined;
  }

  #take(packet: string): Uint8Array | undefined {
    if (!packet.startsWith('Z00\x02')) return undefined;
    const [command = '', digits] = packet.slice(4).split('\x03');
    if (!this.#isChecked(command, digits)) {
      this.#errors |= CHECKSUM;
      return undefined;
    }
    if (command === 'F*') return this.#status();
    if (!this.#do(command)) this.#errors |= ILLEGAL;
    return undefined;
  }

  #isChecked(command: string, digits: string | undefined): boolean {
    const kind = this.#options.wantsChecksum;
    if (kind === undefined) return digits === undefined;
    let [sum, mixed] = [2 + 3, 2 ^ 3];
    for (const letter of command) {
      sum += letter.charCodeAt(0);
      mixed ^= letter.charCodeAt(0);
    }
    const right = kind === 'sum' ? (sum % 65_536).toString(16).padStart(4, '0') : mixed.toString(16);
    return digits === right.toUpperCase().padStart(2, '0');
  }

  #do(command: string): boolean {
    if (command.startsWith('E$')) return this.#layOut(command.slice(2));
    if (command.startsWith('E.S')) this.#sequence = command[4] ?? '';
    else if (command === 'E4') this.#errors = 0;
    else if (command.startsWith('E/')) this.brightnessPercent = DIM_PERCENTS[Number(command.slice(4))] ?? 0;
    else if (command.startsWith('A') && this.#texts.has(command[1] ?? ''))
      this.#texts.set(command[1] ?? '', command.slice(2));
    else if (command.startsWith('I')) return this.#draw(command.slice(1));
    else return false;
    return true;
  }

  /** Files of 11 letters: label, kind, lock, size, and what depends on the kind. */
  #layOut(files: string): boolean {
    this.#texts.clear();
    this.#pictures.clear();
    for (const file of files.match(/.{11}/gs) ?? []) {
      const [label = '', kind] = file;
      if (kind === 'A') this.#texts.set(label, '');
      const [height, width] = [Number.parseInt(file.slice(3, 5), 16), Number.parseInt(file.slice(5, 7), 16)];
      if (kind === 'D') this.#pictures.set(label, { width, height, rows: [] });
    }
    return files.length > 0 && files.length % 11 === 0;
  }

  #draw(picture: string): boolean {
    const file = this.#pictures.get(picture[0] ?? '');
    const rows = picture.slice(5).split('\r').slice(0, -1);
    const height = Number.parseInt(picture.slice(1, 3), 16);
    const width = Number.parseInt(picture.slice(3, 5), 16);
    if (file === undefined || file.height !== height || file.width !== width) return false;
    if (rows.length !== height || rows.some((row) => row.length !== width)) return false;
    file.rows = rows;
    return true;
  }

  /** 20 NUL, then an answer with the manual's own checksum; asked for, the register is told, not cleared. */
  #status(): Uint8Array {
    const checked = `\x02E*${String.fromCharCode(0x40 | this.#errors)}\x03`;
    const sum = [...checked].reduce((total, letter) => total + letter.charCodeAt(0), 0);
    const answer = `${'\0'.repeat(20)}\x01000${checked}${sum.toString(16).toUpperCase().padStart(4, '0')}\x04`;
    const bytes = Uint8Array.from(answer, (letter) => letter.charCodeAt(0));
    if (this.#options.parity !== 'even') return bytes;
    return bytes.map((byte) => (ones(byte) % 2 === 0 ? byte : byte | 0x80));
  }
}

function ones(byte: number): number {
  return [...byte.toString(2)].filter((bit) => bit === '1').length;
}
