import { CBoard, isOfC } from './c-board.ts';
import { compiler, knowsEd25519 } from './c-board-program.ts';
import type { FarBoard } from './far-board.ts';
import { VirtualBoard } from './virtual-board.ts';
import type { VirtualBoardOptions } from './virtual-board-options.ts';

/**
 * The board in C where a compiler is, else the one in TypeScript; PRAKAT_BOARD=c or =ts decides it. A make that only one
 * of them can be is that one.
 */
export function openBoard(
  options: VirtualBoardOptions,
  wanted: string | undefined = process.env.PRAKAT_BOARD,
): FarBoard {
  if (wanted === 'ts' || !isOfC(options)) return new VirtualBoard(options);
  const cc = compiler();
  if (cc === undefined && wanted === 'c') throw new Error('PRAKAT_BOARD=c, and no C compiler is here');
  const canBe = cc !== undefined && (options.update === undefined || knowsEd25519(cc));
  return canBe ? new CBoard(options) : new VirtualBoard(options);
}
