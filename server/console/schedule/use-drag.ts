import { type KeyboardEvent, type PointerEvent, useCallback, useRef, useState } from 'react';
import type { Block } from './blocks.ts';
import { plusDays } from './days.ts';

/** Something of the plan on its way to another moment, or to another length. */
export interface Drag {
  block: Block;
  how: 'move' | 'stretch';
  day: string;
  /** Minutes since midnight. */
  from: number;
  /** Of `stretch`: where its end is pulled to. */
  until: number;
  by: 'pointer' | 'keys';
}

const DRAG = {
  /** Below this a press is a click, px. */
  slack_px: 4,
  step_minutes: 5,
  /** With Shift. */
  fine_minutes: 1,
  /** This near to an edge the hours scroll along, px. */
  edge_px: 36,
  scroll_px: 12,
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

/** By mouse or pen, and by keyboard; a finger scrolls, and opens what it taps. Columns of days carry `data-day`, what scrolls `data-scrolls`. */
export function useDrag({ minutesPerPx, canMove, canStretch, onDrop, onOpen }: Options) {
  const [drag, setDrag] = useState<Drag>();
  const pressed = useRef<
    { block: Block; how: Drag['how']; x: number; y: number; grabbed: number } | undefined
  >(undefined);
  const isMoving = useRef(false);
  const endsInClick = useRef(false);

  const end = useCallback(() => {
    pressed.current = undefined;
    isMoving.current = false;
    setDrag(undefined);
  }, []);

  const onPointerDown = (event: PointerEvent<HTMLElement>, block: Block, how: Drag['how'] = 'move') => {
    const may = how === 'move' ? canMove(block) : canStretch(block);
    if (event.button !== 0 || event.pointerType === 'touch' || !may) return;
    event.stopPropagation();
    endsInClick.current = false;
    event.currentTarget.setPointerCapture(event.pointerId);
    const column = columnAt(event);
    const minute = column === undefined ? block.from : minuteIn(column, event.clientY, minutesPerPx);
    const grabbed = minute - (how === 'move' ? block.from : block.until);
    pressed.current = { block, how, x: event.clientX, y: event.clientY, grabbed };
  };

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const press = pressed.current;
    if (press === undefined) return;
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > DRAG.slack_px;
    if (!far && !isMoving.current) return;
    isMoving.current = true;
    scrollAlong(event);
    const column = columnAt(event);
    if (column === undefined) return;
    const { block, how } = press;
    const step = event.shiftKey ? DRAG.fine_minutes : DRAG.step_minutes;
    const minute = minuteIn(column, event.clientY, minutesPerPx) - press.grabbed;
    const snapped = Math.min(DAY_MINUTES - step, Math.max(0, Math.round(minute / step) * step));
    if (how === 'stretch')
      setDrag({
        block,
        how,
        day: block.day,
        from: block.from,
        until: Math.max(block.from, minute),
        by: 'pointer',
      });
    else {
      const from = minutesPerPx === 0 ? block.from : snapped;
      setDrag({
        block,
        how,
        day: column.dataset.day ?? block.day,
        from,
        until: from + block.until - block.from,
        by: 'pointer',
      });
    }
  };

  const onPointerUp = () => {
    const [moved, dropped] = [isMoving.current, drag];
    end();
    endsInClick.current = moved;
    if (moved && dropped !== undefined) onDrop(dropped);
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
  return { drag, end, onPointerDown, onPointerMove, onPointerUp, onClick, onKeyDown, onBlur };
}
export type DragHandlers = ReturnType<typeof useDrag>;

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

function columnAt({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>): HTMLElement | undefined {
  const columns = currentTarget.closest('[data-days]')?.querySelectorAll<HTMLElement>('[data-day]') ?? [];
  return [...columns].find((column) => {
    const { left, right, top, bottom } = column.getBoundingClientRect();
    return clientX >= left && clientX < right && clientY >= top && clientY < bottom;
  });
}

function minuteIn(column: HTMLElement, clientY: number, minutesPerPx: number): number {
  return (clientY - column.getBoundingClientRect().top) * minutesPerPx;
}

function scrollAlong({ clientY, currentTarget }: PointerEvent<HTMLElement>): void {
  const scrolls = currentTarget.closest('[data-scrolls]');
  if (scrolls === null) return;
  const { top, bottom } = scrolls.getBoundingClientRect();
  if (clientY < top + DRAG.edge_px) scrolls.scrollBy({ top: -DRAG.scroll_px });
  if (clientY > bottom - DRAG.edge_px) scrolls.scrollBy({ top: DRAG.scroll_px });
}
