/** Where a hand is on the screen, px, and which element it holds. */
export interface OnScreen {
  x: number;
  y: number;
  on: HTMLElement;
}

const EDGE = {
  /** This near to an edge the hours scroll along, px. */
  near_px: 40,
  /** At a time, px. */
  step_px: 10,
} as const;

/** The day under the hand. */
export function columnAt({ x, y, on }: OnScreen): HTMLElement | undefined {
  const columns = on.closest('[data-days]')?.querySelectorAll<HTMLElement>('[data-day]') ?? [];
  return [...columns].find((column) => {
    const { left, right, top, bottom } = column.getBoundingClientRect();
    return x >= left && x < right && y >= top && y < bottom;
  });
}

export function minuteIn(column: HTMLElement, y: number, minutesPerPx: number): number {
  return (y - column.getBoundingClientRect().top) * minutesPerPx;
}

/** How far to scroll where the hand is near an edge, px. */
export function edgeStep(
  { left, right, top, bottom }: Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>,
  { x, y }: Pick<OnScreen, 'x' | 'y'>,
): { left: number; top: number } {
  return { left: stepOf(x, left, right), top: stepOf(y, top, bottom) };
}

function stepOf(at: number, first: number, last: number): number {
  if (at < first + EDGE.near_px) return -EDGE.step_px;
  return at > last - EDGE.near_px ? EDGE.step_px : 0;
}
