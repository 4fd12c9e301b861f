import { useEffect, useState } from 'react';

const TICK_MS = 15_000;

/** Epoch ms, new a few times a minute: for the line of now. */
export function useMinute(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
