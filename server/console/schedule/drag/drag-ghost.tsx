import { VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconLoader } from '@tabler/icons-react';
import { useWords } from '../../words/language.ts';
import { useDayName } from '../grid/day-head.tsx';
import { useClock } from '../grid/use-clock.ts';
import { SCHEDULE_WORDS } from '../schedule-words.ts';
import type { Drawn } from './drawn.ts';
import type { Drag } from './use-drag.ts';
import { type DragCheck, useDragCheck } from './use-drag-check.ts';

type Looked = Pick<Drawn, 'area' | 'draft' | 'now'> & { drag: Drag };

/** Where a block would come to lie, and what it would meet there. */
export function DragGhost({
  drag,
  hourPx,
  leastPx,
  ...looked
}: Looked & { hourPx: number; leastPx: number }) {
  const { from, until, block } = drag;
  const height = Math.max(leastPx, ((until - from) / 60) * hourPx);
  const check = useDragCheck(drag, looked);
  const clock = useClock();
  return (
    <span
      className="plan-ghost"
      data-state={check.state}
      data-by={drag.by}
      style={{ top: (from / 60) * hourPx, height }}
    >
      <strong>
        {clock(from)} {block.row.title}
        {check.times === undefined ? '' : ` ×${check.times}`}
      </strong>
      <span className="plan-ghost-told">
        <Met check={check} />
      </span>
      <Told drag={drag} check={check} />
    </span>
  );
}

/** The same, inside of a day of the month. */
export function MetThere({ drag, ...looked }: Looked) {
  const check = useDragCheck(drag, looked);
  return (
    <span className="plan-met" data-state={check.state}>
      <Met check={check} />
      <Told drag={drag} check={check} />
    </span>
  );
}

function Met({ check: { state, words } }: { check: DragCheck }) {
  const say = useWords(SCHEDULE_WORDS);
  if (state === 'still') return null;
  const lines = { checking: [say('checking')], clear: [say('clear')], past: [say('past')], troubled: words }[
    state
  ];
  const Sign = {
    checking: IconLoader,
    clear: IconCircleCheck,
    past: IconAlertTriangle,
    troubled: IconAlertTriangle,
  }[state];
  return lines.map((line) => (
    <span key={line} className="plan-ghost-words">
      <Sign size={14} aria-hidden /> {line}
    </span>
  ));
}

/** For who does not see it. */
function Told({
  drag: { block, day, from, how, by },
  check: { state, words, times },
}: {
  drag: Drag;
  check: DragCheck;
}) {
  const say = useWords(SCHEDULE_WORDS);
  const dayName = useDayName('weekday');
  const clock = useClock();
  const { title } = block.row;
  // Picked up and not moved yet: how it is moved.
  if (by === 'keys' && state === 'still')
    return <VisuallyHidden role="status">{say('grabbed', { title })}</VisuallyHidden>;
  const where =
    how === 'stretch' && times !== undefined
      ? `${title} ×${times}`
      : say('movingTo', { title, day: dayName(day), time: clock(from) });
  const met =
    state === 'troubled' ? words.join(', ') : state === 'clear' || state === 'past' ? say(state) : '';
  return (
    <VisuallyHidden role="status">
      {where} {met}
    </VisuallyHidden>
  );
}
