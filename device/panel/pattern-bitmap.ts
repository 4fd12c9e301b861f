import type { Pattern } from '../../firmware-protocol/serial/lamps.ts';
import type { Bitmap, Depth } from '../sign-ports.ts';

type Colour = readonly [red: number, green: number, blue: number];
interface Face {
  width: number;
  height: number;
  depth: Depth;
}

const DARK: Colour = [0, 0, 0];
const WHITE: Colour = [255, 255, 255];
const lit = (is: boolean): Colour => (is ? WHITE : DARK);

/** The lamp at (x, y) of each picture, as SPEC 8 defines it for boards, so that both look alike. */
const LAMPS: Record<Exclude<Pattern, 'none'>, (x: number, y: number, at: number, face: Face) => Colour> = {
  red: () => [255, 0, 0],
  green: () => [0, 255, 0],
  blue: () => [0, 0, 255],
  white: () => WHITE,
  dark: () => DARK,
  checker: (x, y) => lit((x + y) % 2 === 0),
  'checker-inverse': (x, y) => lit((x + y) % 2 === 1),
  column: (x, _y, at) => lit(x === at),
  row: (_x, y, at) => lit(y === at),
  ramp: (x, _y, _at, { width }) => {
    // Five bits of grey, in the upper bits of eight.
    const grey = Math.floor((32 * x) / width) * 8;
    return [grey, grey, grey];
  },
};
const HALF_LIT = 128;

/** A test picture as pixels, of colours that these lamps can show: on a sign of one colour every colour is that one. */
export function patternBitmap(pattern: Exclude<Pattern, 'none'>, face: Face, at: number): Bitmap {
  const { width, height, depth } = face;
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rgb.set(shown(LAMPS[pattern](x, y, at, face), depth), (y * width + x) * 3);
  return { width, height, rgb };
}

function shown(colour: Colour, depth: Depth): Colour {
  if (depth === 'rgb565') return colour;
  const [red, green, blue] = colour.map((value) => (value >= HALF_LIT ? 255 : 0));
  if (depth === 'mono') return lit(red === 255 || green === 255 || blue === 255);
  return [red ?? 0, green ?? 0, blue ?? 0];
}
