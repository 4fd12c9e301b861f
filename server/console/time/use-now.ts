import { useEffect, useState } from 'react';

/** `5 minutes ago` is said anew so often. */
const AGO_MS = 30_000;

/** The time for words that grow old: epoch ms, some seconds stale. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), AGO_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
