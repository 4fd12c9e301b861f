import { DeviceError } from '../errors.ts';
import type { Clock } from '../ports.ts';

/** The answer, or `amplifier-failed` when it takes longer than `ms`: whoever looks after an amplifier does not hang with it. */
export async function inTime<T>(clock: Clock, ms: number, answer: Promise<T>): Promise<T> {
  let forget = () => {};
  const late = new Promise<never>((_, reject) => {
    forget = clock.after(ms, () => reject(new DeviceError('amplifier-failed', { silent_ms: ms })));
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    forget();
  }
}
