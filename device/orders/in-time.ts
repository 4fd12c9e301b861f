import { pause } from '../playout/waiting.ts';
import type { OrderNeeds } from './needs.ts';

/**
 * An answer of the store, or undefined when it fails or takes longer than `ms`: silence and alerts do not wait for a
 * card that takes half a minute for an fsync, or is dead (F6, F8). Never rejects.
 */
export async function inTime<T>(
  { clock, failed }: Pick<OrderNeeds, 'clock' | 'failed'>,
  ms: number,
  answer: Promise<T>,
): Promise<T | undefined> {
  const enough = new AbortController();
  try {
    return await Promise.race([answer, pause(clock, ms, enough.signal).then(() => undefined)]);
  } catch (error) {
    failed(error);
    return undefined;
  } finally {
    enough.abort();
  }
}
