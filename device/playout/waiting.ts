import type { Clock } from '../ports.ts';

/** Resolves after `ms` of monotonic time, or at once when the signal is given. Never rejects. */
export function pause(clock: Pick<Clock, 'after'>, ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      forget();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const forget = clock.after(ms, done);
    signal.addEventListener('abort', done);
  });
}

/** Resolves when the signal is given, or when nobody needs to know any more. */
export function aborted(signal: AbortSignal, enough: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      signal.removeEventListener('abort', done);
      enough.removeEventListener('abort', done);
      resolve();
    };
    signal.addEventListener('abort', done);
    enough.addEventListener('abort', done);
  });
}
