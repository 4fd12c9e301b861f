/**
 * How a chain runs through a grid, seen from the street. A grid of 3 x 2, numbered in the order of the chain:
 *
 *     top-left, rows     top-left, rows,     bottom-right, columns,
 *                        serpentine          serpentine
 *
 *     0 → 1 → 2          0 → 1 → 2           5   2 ← 1
 *                                ↓           ↑   ↓   ↑
 *     3 → 4 → 5          5 ← 4 ← 3           4 ← 3   0
 */
export interface Chain {
  /** Where it begins. */
  start: Corner;
  /** `rows`: along a row, then the next row; `columns`: along a column, then the next column. */
  along: 'rows' | 'columns';
  /** Each run goes back the way the last one came; false = each begins on the same side. */
  serpentine: boolean;
}

export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

export interface Grid {
  columns: number;
  rows: number;
}

export interface Cell {
  column: number;
  row: number;
}

/** Where in the chain a cell of the grid is, from 0. */
export function linkOf(chain: Chain, grid: Grid, cell: Cell): number {
  const { column, row } = fromCorner(chain.start, grid, cell);
  const [run, step] = chain.along === 'rows' ? [row, column] : [column, row];
  const length = runLength(chain, grid);
  return run * length + (goesBack(chain, run) ? length - 1 - step : step);
}

/** The cell of the grid that holds a link of the chain: the inverse of `linkOf`. */
export function cellOf(chain: Chain, grid: Grid, link: number): Cell {
  const length = runLength(chain, grid);
  const run = runOf(chain, grid, link);
  const step = goesBack(chain, run) ? length - 1 - (link % length) : link % length;
  const cell = chain.along === 'rows' ? { column: step, row: run } : { column: run, row: step };
  return fromCorner(chain.start, grid, cell);
}

/** Which row or column, counted from the start, a link of the chain lies in. */
export function runOf(chain: Chain, grid: Grid, link: number): number {
  return Math.floor(link / runLength(chain, grid));
}

function runLength({ along }: Chain, { columns, rows }: Grid): number {
  return along === 'rows' ? columns : rows;
}

function goesBack({ serpentine }: Chain, run: number): boolean {
  return serpentine && run % 2 === 1;
}

/** Counted from a corner instead of from the top left; its own inverse. */
function fromCorner(corner: Corner, { columns, rows }: Grid, { column, row }: Cell): Cell {
  const [upright, side] = corner.split('-');
  return {
    column: side === 'right' ? columns - 1 - column : column,
    row: upright === 'bottom' ? rows - 1 - row : row,
  };
}
