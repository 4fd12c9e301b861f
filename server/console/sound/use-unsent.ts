import { useEffect, useState } from 'react';
import { useSession } from '../door/use-session.tsx';
import { unsentOf } from '../media/keeping.ts';
import type { Owner, RecordingRow } from '../media/recordings.ts';

/** Whose recordings those of the console are: one list for all its rooms. */
export const useOwner = (): Owner => ({ user: useSession().user, place: 'office' });

/** Recordings of before that were not used; looked for each time that `isIdle` becomes true, and when one was erased. */
export function useUnsent(isIdle: boolean): { unsent: readonly RecordingRow[]; again: () => void } {
  const { user, place } = useOwner();
  const [unsent, setUnsent] = useState<readonly RecordingRow[]>([]);
  const [times, setTimes] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `times` asks again
  useEffect(() => {
    if (!isIdle) return;
    let isHere = true;
    void unsentOf({ user, place }).then((rows) => isHere && setUnsent(rows));
    return () => {
      isHere = false;
    };
  }, [user, place, isIdle, times]);
  return { unsent, again: () => setTimes((before) => before + 1) };
}
