import { type Chain, cellOf, type Grid, linkOf, runOf } from './chain.ts';
import { backTurns, type QuarterTurns, turnedPlace, turnedSize } from './rotation.ts';

/**
 * How a sign is put together: modules side by side, one data line through all their lamps. Two modules of 3 x 2, chained
 * from the top left, the lamps of each serpentine:
 *
 *      ┌─────────┐ ┌─────────┐
 *      │ 0  1  2 │ │ 6  7  8 │
 *      │ 5  4  3 │ │11 10  9 │
 *      └─────────┘ └─────────┘
 */
export interface SignGeometry {
  /** Lamps of one module, as it stands in the sign. */
  module: { width: number; height: number };
  /** How many modules side by side, and one above another. */
  modules: Grid;
  /** From module to module. */
  chain: Chain;
  /** From lamp to lamp inside each module. */
  lamps: Chain;
  /** Modules of every second run hang upside down, as a serpentine chain of short cables needs it. */
  flipsEverySecondRun: boolean;
  /** The whole sign hangs turned clockwise by so many quarter turns, seen from the street. */
  turns: QuarterTurns;
}

/** Pixels of the picture for the sign: sides changed where the sign hangs on its side. */
export function pictureSize(sign: SignGeometry): { width: number; height: number } {
  return turnedSize(ownSize(sign), sign.turns);
}

/** Which lamp of the chain, from 0, shows the pixel in column `x` and row `y` of the picture. */
export function lampAt(sign: SignGeometry, x: number, y: number): number {
  const { module, modules, chain, lamps } = sign;
  // What the street sees, turned back into the sign's own frame.
  const own = turnedPlace({ x, y }, pictureSize(sign), backTurns(sign.turns));
  const cell = { column: Math.floor(own.x / module.width), row: Math.floor(own.y / module.height) };
  const link = linkOf(chain, modules, cell);
  const inside = { column: own.x % module.width, row: own.y % module.height };
  const upright = isFlipped(sign, link) ? upsideDown(module, inside) : inside;
  return link * module.width * module.height + linkOf(lamps, gridOf(module), upright);
}

/** The pixel of the picture that a lamp of the chain shows: the inverse of `lampAt`. */
export function pixelOf(sign: SignGeometry, lamp: number): { x: number; y: number } {
  const { module, modules, chain, lamps, turns } = sign;
  const each = module.width * module.height;
  const link = Math.floor(lamp / each);
  const upright = cellOf(lamps, gridOf(module), lamp % each);
  const inside = isFlipped(sign, link) ? upsideDown(module, upright) : upright;
  const cell = cellOf(chain, modules, link);
  const own = { x: cell.column * module.width + inside.column, y: cell.row * module.height + inside.row };
  return turnedPlace(own, ownSize(sign), turns);
}

/** For each lamp, in the order of the chain, the number of its pixel in the picture: `y * width + x`. */
export function lampOrder(sign: SignGeometry): Uint32Array {
  const { width, height } = pictureSize(sign);
  const order = new Uint32Array(width * height);
  for (let lamp = 0; lamp < order.length; lamp++) {
    const { x, y } = pixelOf(sign, lamp);
    order[lamp] = y * width + x;
  }
  return order;
}

function ownSize({ module, modules }: SignGeometry): { width: number; height: number } {
  return { width: module.width * modules.columns, height: module.height * modules.rows };
}

function isFlipped({ flipsEverySecondRun, chain, modules }: SignGeometry, link: number): boolean {
  return flipsEverySecondRun && runOf(chain, modules, link) % 2 === 1;
}

function gridOf({ width, height }: SignGeometry['module']): Grid {
  return { columns: width, rows: height };
}

function upsideDown(
  { width, height }: SignGeometry['module'],
  { column, row }: { column: number; row: number },
) {
  return { column: width - 1 - column, row: height - 1 - row };
}
