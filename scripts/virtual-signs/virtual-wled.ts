import type { FarDevice } from '../virtual-board/plug.ts';

/** As wled.h sets it out of the box. */
const REALTIME_TIMEOUT_MS = 2_500;
/** What the controller shows when nobody tells it what: every lamp a dim orange. */
const OWN_EFFECT = [64, 32, 0];

type State = 'idle' | 'd' | 'a' | 'high' | 'low' | 'check' | 'kind' | 'tpm2-high' | 'tpm2-low' | 'colours';

export interface VirtualWledOptions {
  /** For each lamp, in the order of the chain, the number of its pixel. */
  pixels: number[];
  width: number;
  now?: () => number;
  /** Its transmit line is not connected. */
  mute?: boolean;
}

/**
 * A WLED at the end of a serial line, byte by byte as wled00/wled_serial.cpp of commit 6d16dc22 takes them, oddities
 * included: the first frame after its own effect is shown dark, TPM2 lengths are reckoned in whole numbers, and what
 * stands between frames is read as commands.
 */
export class VirtualWled implements FarDevice {
  /** Commands to change its baud rate that it believed to have heard. */
  baudChanges = 0;
  framesShown = 0;
  mute: boolean;
  readonly #options: VirtualWledOptions;
  readonly #now: () => number;
  #state: State = 'idle';
  #count = 0;
  #check = 0;
  #colours: number[] = [];
  #strip: number[];
  #shown: number[];
  #realtimeUntil = Number.NEGATIVE_INFINITY;

  constructor(options: VirtualWledOptions) {
    this.#options = options;
    this.mute = options.mute ?? false;
    this.#now = options.now ?? (() => performance.now());
    this.#strip = Array.from({ length: options.pixels.length * 3 }, () => 0);
    this.#shown = [...this.#strip];
  }

  receive(bytes: Uint8Array): Uint8Array[] {
    const answers: Uint8Array[] = [];
    for (const byte of bytes) if (this.#hear(byte)) answers.push(Uint8Array.of(0xac));
    return this.mute ? [] : answers;
  }

  /** What a person sees now, RGB888 row by row. */
  lamps(): { width: number; height: number; rgb: Uint8Array } {
    const { pixels, width } = this.#options;
    const rgb = new Uint8Array(pixels.length * 3);
    const isRealtime = this.#now() < this.#realtimeUntil;
    for (const [lamp, pixel] of pixels.entries())
      rgb.set(isRealtime ? this.#shown.slice(lamp * 3, lamp * 3 + 3) : OWN_EFFECT, pixel * 3);
    return { width, height: pixels.length / width, rgb };
  }

  /** Whether the byte asked for a sign of life. */
  #hear(byte: number): boolean {
    switch (this.#state) {
      case 'idle':
        this.#state = byte === 0x41 ? 'd' : byte === 0xc9 ? 'kind' : 'idle';
        if (byte >= 0xb0 && byte <= 0xb7) this.baudChanges += 1;
        return false;
      case 'd':
        this.#state = byte === 0x64 ? 'a' : 'idle';
        return false;
      case 'a':
        this.#state = byte === 0x61 ? 'high' : 'idle';
        return false;
      case 'high':
        this.#begin(byte * 256, 'low');
        this.#check = byte;
        return false;
      case 'low':
        this.#count += byte + 1;
        this.#check ^= byte ^ 0x55;
        this.#state = 'check';
        return false;
      case 'check':
        this.#state = byte === this.#check ? 'colours' : 'idle';
        return false;
      case 'kind':
        this.#state = byte === 0xda ? 'tpm2-high' : 'idle';
        return byte === 0xaa;
      case 'tpm2-high':
        this.#begin(Math.trunc((byte * 256) / 3), 'tpm2-low');
        return false;
      case 'tpm2-low':
        this.#count += Math.trunc(byte / 3);
        this.#state = 'colours';
        return false;
      case 'colours':
        this.#colour(byte);
        return false;
    }
  }

  #begin(count: number, next: State): void {
    this.#count = count;
    this.#colours = [];
    this.#state = next;
  }

  #colour(byte: number): void {
    this.#colours.push(byte);
    if (this.#colours.length % 3 !== 0 || this.#colours.length / 3 < this.#count) return;
    for (const [at, value] of this.#colours.entries()) if (at < this.#strip.length) this.#strip[at] = value;
    const wasRealtime = this.#now() < this.#realtimeUntil;
    if (!wasRealtime) this.#strip.fill(0);
    this.#realtimeUntil = this.#now() + REALTIME_TIMEOUT_MS;
    this.#shown = [...this.#strip];
    this.framesShown += 1;
    this.#state = 'idle';
  }
}
