import { setTimeout as wait } from 'node:timers/promises';
import { ServerError } from '../../errors.ts';
import { isCollision, isTaken } from './postgres-faults.ts';

const COLLISION = {
  /** Each try sees what the others left; eight in a row are more than a crowd. */
  tries: 8,
  /** Drawn by lot and growing, so that two that met do not meet again. */
  wait_ms: 5,
} as const;

/**
 * Does a whole transaction, or a statement that is one, again where another was in the way: then nothing of it is done. Rejects `busy` where
 * others were time and again.
 */
export async function untilAlone<T>(
  work: () => Promise<T>,
  isInTheWay: (error: unknown, tried: number) => boolean = isCollision,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (!isInTheWay(error, tried)) throw error;
      if (tried === COLLISION.tries) throw new ServerError('busy', { cause: error });
      await wait(Math.random() * COLLISION.wait_ms * tried);
    }
  }
}

/** Of a transaction: what another brought meanwhile is seen the second time; what was there before is there then too. */
export function isInTheWay(error: unknown, tried: number): boolean {
  return isCollision(error) || (isTaken(error) && tried === 1);
}
