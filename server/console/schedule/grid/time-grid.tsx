import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { useWords } from '../../words/language.ts';
import { DragGhost } from '../drag/drag-ghost.tsx';
import type { Drawn } from '../drag/drawn.ts';
import { useDrag } from '../drag/use-drag.ts';
import { SCHEDULE_WORDS } from '../schedule-words.ts';
import { BlockButton } from './block-button.tsx';
import { whoseIs } from './block-face.tsx';
import { type Block, type DayPlan, minutesOf } from './blocks.ts';
import { DayMarks, useDayName } from './day-head.tsx';
import { HOURS } from './hours.ts';
import { inLanes } from './lanes.ts';
import { SlotBand } from './slot-band.tsx';
import { useClock } from './use-clock.ts';

/** Tall enough that a quarter of an hour is seen, and a day fits two screens. */
const HOUR_PX = { day: 72, week: 52 } as const;
/** The smallest block still shows its title; a finger needs more. */
const LEAST_PX = { mouse: 24, finger: 44 } as const;
const LANES = { day: 6, week: 3 } as const;
/** Villages wake before six. */
const FIRST_SEEN_HOUR = 5;

interface Props extends Drawn {
  view: 'day' | 'week';
  days: DayPlan[];
  /** Where an empty place was clicked. */
  onPoint: (day: string, minute: number, place: { x: number; y: number }) => void;
  onDay: (day: string) => void;
}

/** Hours down, days across. */
export function TimeGrid({ view, days, onPoint, onDay, ...drawn }: Props) {
  const say = useWords(SCHEDULE_WORDS);
  const dayName = useDayName(view === 'day' ? 'weekday' : 'weekdayShortDay');
  const clock = useClock();
  const scrolls = useRef<HTMLDivElement>(null);
  const isTouch = useMediaQuery('(pointer: coarse)') ?? false;
  const hourPx = HOUR_PX[view];
  const leastPx = isTouch ? LEAST_PX.finger : LEAST_PX.mouse;
  const drag = useDrag({ minutesPerPx: 60 / hourPx, ...drawn });
  useLayoutEffect(() => {
    scrolls.current?.scrollTo({ top: FIRST_SEEN_HOUR * hourPx });
  }, [hourPx]);
  return (
    <div className="plan-grid" data-view={view} ref={scrolls} data-scrolls>
      <div className="plan-heads">
        <span className="plan-corner" />
        {days.map(({ day, is, often }) => (
          <div key={day} className="plan-dayhead" data-today={day === drawn.now.day || undefined}>
            <button type="button" className="plan-dayname" onClick={() => onDay(day)}>
              {dayName(day)}
            </button>
            <DayMarks is={is} />
            {often.map(({ row, count, first, last }) => (
              <button
                key={`${row.area}/${row.entry}`}
                type="button"
                className="plan-often"
                data-band={row.band}
                data-whose={whoseIs(row, drawn.area)}
                onClick={() => drawn.onOpenRow(row, day)}
              >
                {row.title}:{' '}
                {say('often', { count, first: clock(minutesOf(first)), last: clock(minutesOf(last)) })}
              </button>
            ))}
          </div>
        ))}
      </div>
      <div className="plan-body" style={{ height: 24 * hourPx }} data-days>
        <div className="plan-hours" aria-hidden>
          {HOURS.map((hour) => (
            <span key={hour} style={{ top: hour * hourPx }}>
              {clock(hour * 60)}
            </span>
          ))}
        </div>
        {days.map((plan) => (
          <DayColumn key={plan.day} plan={plan} onPoint={onPoint} hourPx={hourPx} {...drawn}>
            <Blocks plan={plan} {...{ hourPx, leastPx, view, onDay, drag }} {...drawn} />
            {drag.drag?.day === plan.day && (
              <DragGhost drag={drag.drag} hourPx={hourPx} leastPx={leastPx} {...drawn} />
            )}
          </DayColumn>
        ))}
      </div>
    </div>
  );
}

type ColumnProps = Drawn & Pick<Props, 'onPoint'> & { plan: DayPlan; hourPx: number; children: ReactNode };

function DayColumn({ plan, hourPx, onPoint, children, ...drawn }: ColumnProps) {
  const { day, slots } = plan;
  const px = (minutes: number) => (minutes / 60) * hourPx;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to click; the same is done by buttons above the calendar
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      className="plan-day"
      data-day={day}
      style={{ backgroundSize: `100% ${hourPx}px` }}
      onClick={({ clientX, clientY, currentTarget }) => {
        const minute = Math.floor(((clientY - currentTarget.getBoundingClientRect().top) / hourPx) * 4) * 15;
        onPoint(day, Math.min(1_425, Math.max(0, minute)), { x: clientX, y: clientY });
      }}
    >
      {drawn.quietOf(day).map(({ from, until }) => (
        <span key={from} className="plan-quiet" style={{ top: px(from), height: px(until - from) }} />
      ))}
      {slots.map((slot) => (
        <SlotBand
          key={slot.key}
          slot={slot}
          top={px(slot.from)}
          height={px(slot.until - slot.from)}
          {...drawn}
        />
      ))}
      {day === drawn.now.day && <span className="plan-now" style={{ top: px(drawn.now.minute) }} />}
      {children}
    </div>
  );
}

type BlocksProps = Drawn &
  Pick<Props, 'view' | 'onDay'> & {
    plan: DayPlan;
    hourPx: number;
    leastPx: number;
    drag: ReturnType<typeof useDrag>;
  };

function Blocks({ plan: { day, blocks }, hourPx, leastPx, view, onDay, drag, ...drawn }: BlocksProps) {
  const say = useWords(SCHEDULE_WORDS);
  const clock = useClock();
  const { laned, more } = inLanes(blocks, (leastPx / hourPx) * 60, LANES[view]);
  const px = (minutes: number) => (minutes / 60) * hourPx;
  const placeOf = ({ from, until }: Block, lane: number, lanes: number) => ({
    top: px(from),
    height: Math.max(leastPx, px(until - from)) - 1,
    left: `${(lane / lanes) * 100}%`,
    width: `calc(${100 / lanes}% - 2px)`,
  });
  return (
    <>
      {laned.map(({ item, lane, lanes }) => (
        <BlockButton
          key={item.key}
          block={item}
          whose={whoseIs(item.row, drawn.area)}
          isTroubled={drawn.isTroubled(item)}
          canMove={drawn.canMove(item)}
          canStretch={drawn.canStretch(item)}
          drag={drag}
          style={placeOf(item, lane, lanes)}
        />
      ))}
      {more.map(({ from, items }) => (
        <button
          key={from}
          type="button"
          className="plan-more"
          style={{ top: px(from) + leastPx }}
          aria-label={say('moreAt', { count: items.length, time: clock(from) })}
          onClick={(event) => {
            event.stopPropagation();
            onDay(day);
          }}
        >
          +{items.length}
        </button>
      ))}
    </>
  );
}
