import { type Dispatch, type SetStateAction, useEffect, useState } from 'react';
import { useSession } from '../door/use-session.tsx';

const PREFIX = 'prakat.kept.';

/** State that a reload, a lost line or a closed lid does not lose, for this account in this browser; `clear` when it was sent. */
export function useKept<T>(
  name: string,
  initial: T,
): [value: T, set: Dispatch<SetStateAction<T>>, clear: () => void] {
  const key = `${PREFIX}${useSession().user}/${name}`;
  const [value, set] = useState<T>(() => readKept(key) ?? initial);
  useEffect(() => {
    localStorage.setItem(key, JSON.stringify(value));
  }, [key, value]);
  const clear = () => {
    set(initial);
    localStorage.removeItem(key);
  };
  return [value, set, clear];
}

function readKept<T>(key: string): T | undefined {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? undefined : (JSON.parse(kept) as T);
  } catch {
    // Written by an older console, or by hand: begun anew.
    return undefined;
  }
}

/** With the log-off: nothing that was being written stays at this desk. */
export function forgetKept(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}
