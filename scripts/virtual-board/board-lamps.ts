import type { DEPTHS, Pattern } from '../../firmware-protocol/serial/lamps.ts';

const LIT = 0xffff;
const CHOSEN_BY_MAKER = 255;

/** A lamp of each pattern, RGB565 (SPEC 8). */
const LAMP_OF: Record<
  Exclude<Pattern, 'none'>,
  (x: number, y: number, at: number, width: number) => number
> = {
  red: () => 0xf800,
  green: () => 0x07e0,
  blue: () => 0x001f,
  white: () => LIT,
  dark: () => 0,
  checker: (x, y) => ((x + y) % 2 === 0 ? LIT : 0),
  'checker-inverse': (x, y) => ((x + y) % 2 === 1 ? LIT : 0),
  column: (x, _y, at) => (x === at ? LIT : 0),
  row: (_x, y, at) => (y === at ? LIT : 0),
  ramp: (x, _y, _at, width) => {
    const grey = Math.floor((32 * x) / width);
    return (grey << 11) | ((2 * grey) << 5) | grey;
  },
};

/** What each kind of lamp makes of RGB565 (SPEC 7). */
const SHINES: Record<keyof typeof DEPTHS, (pixel: number) => number> = {
  rgb565: (pixel) => pixel,
  rgb111: (pixel) => (pixel & 0x8000 && 0xf800) | (pixel & 0x0400 && 0x07e0) | (pixel & 0x0010 && 0x001f),
  mono: (pixel) => (pixel & 0x8410 ? LIT : 0),
};

/** The lamps over the page: brightness, darkness, test patterns, depth. */
export class BoardLamps {
  brightness = CHOSEN_BY_MAKER;
  dark = false;
  readonly #shines: (pixel: number) => number;
  #pattern: Pattern = 'none';
  #at = 0;

  constructor(depth: keyof typeof DEPTHS) {
    this.#shines = SHINES[depth];
  }

  get pattern(): Pattern {
    return this.#pattern;
  }

  showPattern(pattern: Pattern, at: number): void {
    this.#pattern = pattern;
    this.#at = at;
  }

  endPattern(): void {
    this.#pattern = 'none';
  }

  powerUp(): void {
    this.brightness = CHOSEN_BY_MAKER;
    this.dark = false;
  }

  /** The lamp over a pixel of page or marquee. */
  lamp(x: number, y: number, width: number, under: number): number {
    if (this.dark) return 0;
    const pixel = this.#pattern === 'none' ? under : LAMP_OF[this.#pattern](x, y, this.#at, width);
    return this.#shines(pixel);
  }
}
