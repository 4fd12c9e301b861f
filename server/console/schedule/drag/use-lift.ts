import { type RefObject, useCallback, useMemo, useRef } from 'react';

const LIFT = {
  /** A finger that rests so long means the thing and not the page; the browser's own menu comes after half a second. */
  after_ms: 350,
  /** A resting finger trembles, px. */
  slack_px: 10,
  /** What is felt when it is lifted. */
  buzz_ms: 15,
} as const;

/** Whether a finger is on its way before it lifted anything, px from where it came down. */
export const isOnItsWay = (px: number): boolean => px > LIFT.slack_px;

/**
 * A finger lifts what it rests upon. `hold` is the ref of whatever can be lifted: while `isMoving`, the page does not scroll below it. The browser
 * asks for that before the finger moves, so it listens from the beginning.
 */
export function useLift(isMoving: RefObject<boolean>) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const forget = useCallback(() => clearTimeout(timer.current), []);
  const after = useCallback((lifted: () => void) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      navigator.vibrate?.(LIFT.buzz_ms);
      lifted();
    }, LIFT.after_ms);
  }, []);
  const hold = useCallback(
    (element: HTMLElement | null) => {
      if (element === null) return undefined;
      const stay = (event: Event) => {
        if (isMoving.current) event.preventDefault();
      };
      element.addEventListener('touchmove', stay, { passive: false });
      // The menu of a long press would end the drag.
      element.addEventListener('contextmenu', stay);
      return () => {
        element.removeEventListener('touchmove', stay);
        element.removeEventListener('contextmenu', stay);
      };
    },
    [isMoving],
  );
  return useMemo(() => ({ after, forget, hold }), [after, forget, hold]);
}
