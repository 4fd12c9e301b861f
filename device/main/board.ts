import { BoardLink } from '../board/board-link.ts';
import { SharedLine } from '../board/shared-line.ts';
import type { BoardConfig } from '../config/board.ts';
import { openLine } from '../drivers/line/line.ts';
import { systemClock, systemRandom } from '../drivers/machine/system-clock.ts';
import type { Log } from '../ports.ts';

/** The link to the board of a hall; whoever uses it shares it. */
export function boardLink({ line, address }: BoardConfig, log: Log): BoardLink {
  const parts = { address, clock: systemClock, random: systemRandom, log };
  if (address === undefined) return new BoardLink({ line: openLine(line), ...parts });
  return new BoardLink({ ...new SharedLine(openLine(line), systemClock).member(), ...parts });
}
