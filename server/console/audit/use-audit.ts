import { useCallback, useState } from 'react';
import type { AuditHead } from '../../../firmware-protocol/content/audit.ts';
import { useWire } from '../wire/use-wire.tsx';
import { type ChainFault, followLines } from './audit-chain.ts';

/** As many lines as one answer may have. */
const PAGE = 1_000;

export interface Checked {
  count: number;
  all: number;
  head?: AuditHead;
  fault?: { line: number; fault: ChainFault };
}

/** Every line from the first one, page by page; `each` may stop it by false. */
export function useAllLines() {
  const { ask } = useWire();
  return useCallback(
    async (each: (lines: string[], all: number) => Promise<boolean>) => {
      let after = 0;
      for (;;) {
        const { lines, head, more } = await ask('audit', { after, limit: PAGE });
        if (!(await each(lines, head.n)) || !more) return;
        after += lines.length;
      }
    },
    [ask],
  );
}

/** Follows the whole chain, and tells how far it is. */
export function useChainCheck(): { checked: Checked | undefined; check: () => Promise<void> } {
  const readAll = useAllLines();
  const [checked, setChecked] = useState<Checked>();
  const check = async () => {
    let head: AuditHead | undefined;
    let count = 0;
    setChecked({ count, all: 0 });
    await readAll(async (lines, all) => {
      const followed = await followLines(lines, head);
      head = followed.head;
      count += lines.length;
      const isOver = followed.fault !== undefined || count >= all;
      setChecked({
        ...{ count, all },
        ...(followed.fault && { fault: followed.fault }),
        ...(isOver && { head }),
      });
      return followed.fault === undefined;
    });
  };
  return { checked, check };
}
