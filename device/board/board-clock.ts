import { DeviceError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { BoardLink } from './board-link.ts';

export interface BoardTime {
  /** `set`: told since power-up; `battery`: kept through a loss of power. */
  state: 'set' | 'battery';
  /** Epoch ms, as of when the answer came. */
  at: number;
}

/** A board's clock, for halls whose computer has none that outlives a loss of power. */
export interface BoardClock {
  /** Undefined = the board does not know the time. Rejects `panel-cannot`, or as `BoardLink.run`. */
  ask(): Promise<BoardTime | undefined>;
  /** Tells the board our wall clock; only when we trust it ourselves. Rejects likewise. */
  set(): Promise<void>;
}

export function boardClock(link: BoardLink, clock: Clock): BoardClock {
  const mustHaveOne = (): void => {
    if (link.board !== undefined && !link.board.fitted.includes('clock'))
      throw new DeviceError('panel-cannot', { what: 'clock' });
  };
  return {
    async ask() {
      mustHaveOne();
      const [answer] = await link.run([{ name: 'clock-ask', body: {} }]);
      if (answer?.name !== 'clock-state' || answer.body.state === 'unset') return undefined;
      const { state, seconds, milliseconds } = answer.body;
      return { state, at: seconds * 1_000 + milliseconds };
    },

    async set() {
      mustHaveOne();
      await link.run(timeNow(clock), { urgent: true });
    },
  };
}

/** Read when the frame is made, not when it was asked for. */
function* timeNow(clock: Clock): Generator<{
  name: 'clock-set';
  body: { seconds: number; milliseconds: number };
}> {
  const now = clock.wall();
  const seconds = Math.floor(now / 1_000);
  yield { name: 'clock-set', body: { seconds, milliseconds: Math.floor(now - seconds * 1_000) } };
}
