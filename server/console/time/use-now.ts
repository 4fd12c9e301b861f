import { useEffect, useState } from 'react';

const EVERY_MS = { second: 1_000, ago: 30_000 } as const;

/**
 * The time of this browser, epoch ms, for words that grow old: `5 minutes ago` is said anew each half minute, what counts down or
 * is told live each second.
 */
export function useNow(grain: keyof typeof EVERY_MS = 'ago'): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), EVERY_MS[grain]);
    return () => clearInterval(timer);
  }, [grain]);
  return now;
}
