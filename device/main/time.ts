import { boardClock } from '../board/board-clock.ts';
import type { BoardLink } from '../board/board-link.ts';
import type { TimeConfig } from '../config/time.ts';
import { ntpSource } from '../drivers/machine/ntp-state.ts';
import { systemClock } from '../drivers/machine/system-clock.ts';
import type { TimeSource } from '../ports.ts';

/** An answer over the line to a board, ms. */
const BOARD_ERROR_MS = 100;

/** Who beside the server may know the time here. */
export function timeSourcesOf({ ntp, board }: TimeConfig, link: BoardLink | undefined): TimeSource[] {
  return [
    ...(ntp ? [ntpSource(systemClock)] : []),
    ...(board && link !== undefined ? [boardSource(link)] : []),
  ];
}

/** The clock of a board; one without a clock, or that is away, knows nothing and keeps nothing. */
function boardSource(link: BoardLink): TimeSource {
  const hasClock = () => link.board?.fitted.includes('clock') ?? false;
  return {
    name: 'board',
    async ask() {
      if (!hasClock()) return undefined;
      const told = await boardClock(link, systemClock)
        .ask()
        .catch(() => undefined);
      return told && { wall: told.at, monotonic: systemClock.monotonic(), error_ms: BOARD_ERROR_MS };
    },
    async keep(wall) {
      if (hasClock()) await boardClock(link, { ...systemClock, wall }).set();
    },
  };
}
