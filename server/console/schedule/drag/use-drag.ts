import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';
import { plusDays } from '../days.ts';
import type { Block } from '../grid/blocks.ts';
import { columnAt, edgeStep, minuteIn, type OnScreen } from './drag-places.ts';
import { isOnItsWay, useLift } from './use-lift.ts';

/** Something of the plan on its way to another moment, or to another length. */
export interface Drag {
  block: Block;
  how: 'move' | 'stretch';
  day: string;
  /** Minutes since midnight. */
  from: number;
  /** Of `stretch`: where its end is pulled to. */
  until: number;
  by: 'pointer' | 'finger' | 'keys';
}

const DRAG = {
  /** Below this a press is a click, px. */
  slack_px: 4,
  step_minutes: 5,
  /** With Shift. */
  fine_minutes: 1,
  /** How often what is held at an edge scrolls on. */
  scroll_ms: 30,
} as const;
const DAY_MINUTES = 1_440;

interface Options {
  /** Minutes a pixel; 0 = days alone can be changed. */
  minutesPerPx: number;
  canMove: (block: Block) => boolean;
  canStretch: (block: Block) => boolean;
  onDrop: (drag: Drag) => void;
  onOpen: (block: Block) => void;
}

/** What is pressed: the place is that of the hand now, `grabbed` how far below its beginning, or above its end, it holds the block, minutes. */
interface Press extends OnScreen {
  block: Block;
  how: Drag['how'];
  by: 'pointer' | 'finger';
  grabbed: number;
  isFine: boolean;
  /** It was taken elsewhere since it was pressed. */
  hasGone: boolean;
}

/**
 * By mouse or pen, by a finger that rests before it moves (until then it scrolls, and opens what it taps), and by keyboard. Columns of days carry
 * `data-day`, what scrolls `data-scrolls`.
 */
export function useDrag({ minutesPerPx, canMove, canStretch, onDrop, onOpen }: Options) {
  const [drag, setDrag] = useState<Drag>();
  const pressed = useRef<Press>(undefined);
  const isMoving = useRef(false);
  const endsInClick = useRef(false);
  const lift = useLift(isMoving);

  const end = useCallback(() => {
    lift.forget();
    pressed.current = undefined;
    isMoving.current = false;
    setDrag(undefined);
  }, [lift]);

  const follow = useCallback(() => {
    const place = pressed.current && placeOf(pressed.current, minutesPerPx);
    if (place !== undefined) setDrag(place);
  }, [minutesPerPx]);

  // A hand that rests at an edge still goes on.
  const isByHand = drag !== undefined && drag.by !== 'keys';
  useEffect(() => {
    if (!isByHand) return;
    const timer = setInterval(() => {
      if (pressed.current?.hasGone && scrolledAlong(pressed.current)) follow();
    }, DRAG.scroll_ms);
    return () => clearInterval(timer);
  }, [isByHand, follow]);

  const onPointerDown = (event: PointerEvent<HTMLElement>, block: Block, how: Drag['how'] = 'move') => {
    endsInClick.current = false;
    const may = how === 'move' ? canMove(block) : canStretch(block);
    if (event.button !== 0 || !event.isPrimary || !may) return;
    event.stopPropagation();
    const isFinger = event.pointerType === 'touch';
    const { clientX: x, clientY: y, currentTarget: on, pointerId, shiftKey: isFine } = event;
    const by = isFinger ? 'finger' : 'pointer';
    const press = { block, how, by, x, y, on, isFine, hasGone: false } as const;
    const column = columnAt(press);
    const minute = column === undefined ? block.from : minuteIn(column, y, minutesPerPx);
    pressed.current = { ...press, grabbed: minute - (how === 'move' ? block.from : block.until) };
    if (!isFinger) on.setPointerCapture(pointerId);
    else
      lift.after(() => {
        isMoving.current = true;
        setDrag({ block, how, by, day: block.day, from: block.from, until: block.until });
      });
  };

  const onPointerMove = ({ clientX: x, clientY: y, shiftKey: isFine }: PointerEvent<HTMLElement>) => {
    const press = pressed.current;
    if (press === undefined) return;
    if (!isMoving.current) {
      const far = Math.hypot(x - press.x, y - press.y);
      // A finger that is on its way already scrolls.
      if (press.by === 'finger') {
        if (isOnItsWay(far)) end();
        return;
      }
      if (far <= DRAG.slack_px) return;
    }
    isMoving.current = true;
    pressed.current = { ...press, x, y, isFine, hasGone: true };
    follow();
  };

  const onPointerUp = () => {
    const [moved, hasGone] = [isMoving.current, pressed.current?.hasGone];
    end();
    endsInClick.current = moved;
    if (moved && hasGone && drag !== undefined) onDrop(drag);
  };

  /** The click that ends a drag is none. */
  const onClick = (block: Block) => {
    if (!endsInClick.current && drag === undefined) onOpen(block);
    endsInClick.current = false;
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, block: Block) => {
    const held = drag?.by === 'keys' && drag.block.key === block.key ? drag : undefined;
    if (held === undefined) {
      if (event.key !== ' ' || !canMove(block)) return;
      event.preventDefault();
      setDrag({ block, how: 'move', day: block.day, from: block.from, until: block.until, by: 'keys' });
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') end();
    else if (event.key === 'Enter' || event.key === ' ') {
      end();
      onDrop(held);
    } else setDrag(keyed(held, event, canStretch(block), minutesPerPx > 0));
  };

  const onBlur = () => drag?.by === 'keys' && end();
  return {
    drag,
    end,
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onClick,
    onKeyDown,
    onBlur,
    hold: lift.hold,
  };
}
export type DragHandlers = ReturnType<typeof useDrag>;

/** Where what is pressed would come to lie; undefined = the hand is beside all days. */
function placeOf(
  { block, how, by, grabbed, isFine, ...hand }: Press,
  minutesPerPx: number,
): Drag | undefined {
  const column = columnAt(hand);
  if (column === undefined) return undefined;
  const minute = minuteIn(column, hand.y, minutesPerPx) - grabbed;
  if (how === 'stretch')
    return { block, how, by, day: block.day, from: block.from, until: Math.max(block.from, minute) };
  const step = isFine ? DRAG.fine_minutes : DRAG.step_minutes;
  const snapped = Math.min(DAY_MINUTES - step, Math.max(0, Math.round(minute / step) * step));
  const from = minutesPerPx === 0 ? block.from : snapped;
  return {
    block,
    how,
    by,
    day: column.dataset.day ?? block.day,
    from,
    until: from + block.until - block.from,
  };
}

/** Whether there was anything left to scroll to. */
function scrolledAlong({ on, x, y }: OnScreen): boolean {
  const scrolls = on.closest('[data-scrolls]');
  const step = scrolls && edgeStep(scrolls.getBoundingClientRect(), { x, y });
  if (!step || (step.left === 0 && step.top === 0)) return false;
  scrolls.scrollBy(step);
  return true;
}

const HOUR = 60;

function keyed(drag: Drag, { key, shiftKey }: KeyboardEvent, canStretch: boolean, hasHours: boolean): Drag {
  const step = shiftKey ? DRAG.fine_minutes : DRAG.step_minutes;
  const steps: Record<string, number> = { ArrowUp: -step, ArrowDown: step, PageUp: -HOUR, PageDown: HOUR };
  const days: Record<string, number> = hasHours
    ? { ArrowLeft: -1, ArrowRight: 1 }
    : { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  if (days[key] !== undefined) return { ...drag, how: 'move', day: plusDays(drag.day, days[key]) };
  if (hasHours && steps[key] !== undefined) {
    const from = Math.min(DAY_MINUTES - 1, Math.max(0, drag.from + steps[key]));
    return { ...drag, how: 'move', from, until: from + drag.block.until - drag.block.from };
  }
  const pull = key === '+' || key === '=' ? 1 : key === '-' ? -1 : 0;
  if (pull === 0 || !canStretch) return drag;
  return {
    ...drag,
    how: 'stretch',
    day: drag.block.day,
    from: drag.block.from,
    until: Math.max(drag.from, drag.until + pull * DRAG.step_minutes),
  };
}
