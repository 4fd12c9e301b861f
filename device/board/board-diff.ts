import { PIXEL_BYTES } from '../../firmware-protocol/serial/pixels.ts';
import type { Place } from '../../firmware-protocol/serial/region.ts';
import type { BoardPage } from './board-pixels.ts';

/** A rectangle of a page, pixels. */
export type Region = Place;

/** What one more region costs on the line, in pixels: header, CRC and draw head are 24 bytes. */
const REGION_COST_PIXELS = 12;

export function wholePage({ width, height }: BoardPage): Region {
  return { x: 0, y: 0, width, height };
}

/** Regions that hold every pixel in which the pages differ: changed rows, joined where that is cheaper than two frames. */
export function changedRegions(from: BoardPage, to: BoardPage): Region[] {
  const regions: Region[] = [];
  for (let y = 0; y < to.height; y++) {
    const row = changedRow(from, to, y);
    if (row === undefined) continue;
    const last = regions.at(-1);
    const joined = last === undefined ? row : union(last, row);
    if (last !== undefined && area(joined) <= area(last) + area(row) + REGION_COST_PIXELS) {
      regions[regions.length - 1] = joined;
    } else {
      regions.push(row);
    }
  }
  return regions;
}

/** The smallest rectangle around all of them. */
export function around(regions: Region[]): Region[] {
  const [first, ...others] = regions;
  return first === undefined ? [] : [others.reduce(union, first)];
}

function changedRow(from: BoardPage, to: BoardPage, y: number): Region | undefined {
  let first: number | undefined;
  let last = 0;
  for (let x = 0; x < to.width; x++) {
    const at = (y * to.width + x) * PIXEL_BYTES;
    if (from.pixels[at] === to.pixels[at] && from.pixels[at + 1] === to.pixels[at + 1]) continue;
    first ??= x;
    last = x;
  }
  return first === undefined ? undefined : { x: first, y, width: last - first + 1, height: 1 };
}

function union(a: Region, b: Region): Region {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

function area({ width, height }: Region): number {
  return width * height;
}
