import type { Bitmap } from '../../../device/sign-ports.ts';

interface Size {
  width: number;
  height: number;
}

/** Lit and dark in all eight mixtures of red, green and blue: what every sign can hold, as far as it has the lamps. */
export function lettersPage({ width, height }: Size): Bitmap {
  return pageOf({ width, height }, (x, y) => {
    const mixture = (x * 3 + y * 5 + ((x * y) >> 2)) & 7;
    return [mixture & 4 ? 255 : 0, mixture & 2 ? 255 : 0, mixture & 1 ? 255 : 0];
  });
}

/** Every shade somewhere. */
export function greyPage({ width, height }: Size): Bitmap {
  return pageOf({ width, height }, (x, y) => [(x * 7) & 255, (y * 11 + x) & 255, 255 - ((x * 7) & 255)]);
}

/** So many columns lit. */
export function countingPage({ width, height }: Size, count: number): Bitmap {
  return pageOf({ width, height }, (x) => (x < count ? [255, 255, 255] : [0, 0, 0]));
}

function pageOf({ width, height }: Size, colour: (x: number, y: number) => [number, number, number]): Bitmap {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rgb.set(colour(x, y), (y * width + x) * 3);
  return { width, height, rgb };
}
