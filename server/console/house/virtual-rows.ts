import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';

/** Rows drawn beyond the window, so that a turn of the wheel meets no empty line. */
const OVERSCAN = 12;

export interface VirtualRow {
  index: number;
  /** Pixels from the top of the list. */
  start: number;
}

/**
 * Of a list of `count` rows, each `height` pixels high, those that the window of `scroller` shows and some around it: a list of 75,000 draws
 * no more than one of 50. `reset`: another list begins at its top.
 */
export function useVirtualRows(
  scroller: RefObject<HTMLElement | null>,
  { count, height, reset }: { count: number; height: number; reset: string },
): { rows: VirtualRow[]; total: number; scrollTo: (index: number) => void } {
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: OVERSCAN,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list, not another scroller
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [reset]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew
  useEffect(() => virtual.measure(), [virtual, height]);
  return {
    rows: virtual.getVirtualItems().map(({ index, start }) => ({ index, start })),
    total: virtual.getTotalSize(),
    scrollTo: (index) => virtual.scrollToIndex(index),
  };
}
