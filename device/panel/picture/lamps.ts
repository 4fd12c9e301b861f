import type { Depth } from '../../sign-ports.ts';
import { LIGHT } from './light.ts';

/** What one lamp can shine: values 0-255 rising, and the light of each. */
export interface Steps {
  values: Uint8Array;
  lights: Float32Array;
}

/** The lamps of one pixel: one for its brightness, or red, green and blue. */
export type Lamps = readonly Steps[];

const BITS: Record<Depth, number[]> = { mono: [1], rgb111: [1, 1, 1], rgb565: [5, 6, 5] };

export function lampsOf(depth: Depth): Lamps {
  return BITS[depth].map(stepsOf);
}

/** The high bits repeated below, so that the highest step is full. */
function stepsOf(bits: number): Steps {
  const top = 2 ** bits - 1;
  const values = Uint8Array.from({ length: top + 1 }, (_, step) => Math.round((step * 255) / top));
  return { values, lights: Float32Array.from(values, (value) => LIGHT[value] ?? 0) };
}

/** The highest step that is no brighter than the light, below the last one: the next is the other neighbour. */
export function stepBelow({ lights }: Steps, light: number): number {
  let low = 0;
  let high = lights.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lights[middle] ?? 0) <= light) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where between two neighbouring steps a light lies: 0 = the lower, 1 = the upper. */
export function shareOf({ lights }: Steps, step: number, light: number): number {
  const lower = lights[step] ?? 0;
  const upper = lights[step + 1] ?? 1;
  return (light - lower) / (upper - lower);
}
