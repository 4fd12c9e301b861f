import { useWords } from '../../words/language.ts';
import { isWeekend, monthOf } from '../days.ts';
import { MetThere } from '../drag/drag-ghost.tsx';
import type { Drawn } from '../drag/drawn.ts';
import { useDrag } from '../drag/use-drag.ts';
import { SCHEDULE_WORDS } from '../schedule-words.ts';
import { useIsNarrow } from '../use-is-narrow.ts';
import { BlockButton } from './block-button.tsx';
import { whoseIs } from './block-face.tsx';
import type { DayPlan } from './blocks.ts';
import { DayMarks, useDayName } from './day-head.tsx';

/** Lines of a day; what is more is a number that opens the day. */
const LINES = 4;

interface Props extends Drawn {
  days: DayPlan[];
  /** Any day of the month. */
  day: string;
  onDay: (day: string) => void;
}

/** Weeks down, days across; an entry can be moved to another day at its time. */
export function MonthGrid({ days, day: shown, onDay, ...drawn }: Props) {
  const drag = useDrag({ minutesPerPx: 0, ...drawn });
  const isNarrow = useIsNarrow();
  const weekday = useDayName(isNarrow ? 'weekdayNarrow' : 'weekdayShort');
  const weeks = Array.from({ length: days.length / 7 }, (_, at) => days.slice(at * 7, at * 7 + 7));
  return (
    <div className="plan-month" data-days>
      <div className="plan-weekdays" aria-hidden>
        {days.slice(0, 7).map(({ day }) => (
          <span key={day}>{weekday(day)}</span>
        ))}
      </div>
      {weeks.map((week) => (
        <div key={week[0]?.day} className="plan-week">
          {week.map((plan) => (
            <MonthDay
              key={plan.day}
              plan={plan}
              isOther={monthOf(plan.day) !== monthOf(shown)}
              onDay={onDay}
              drag={drag}
              {...drawn}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

type DayProps = Drawn &
  Pick<Props, 'onDay'> & { plan: DayPlan; isOther: boolean; drag: ReturnType<typeof useDrag> };

function MonthDay({ plan: { day, blocks, often, is }, isOther, onDay, drag, ...drawn }: DayProps) {
  const say = useWords(SCHEDULE_WORDS);
  const dayName = useDayName('day');
  const rest = blocks.length + often.length - LINES;
  const isTarget = drag.drag?.day === day && drag.drag.block.day !== day;
  return (
    <div
      className="plan-cell"
      data-day={day}
      data-other={isOther || undefined}
      data-weekend={isWeekend(day) || undefined}
      data-today={day === drawn.now.day || undefined}
      data-target={isTarget || undefined}
    >
      <div className="plan-cellhead">
        <button type="button" className="plan-date" aria-label={dayName(day)} onClick={() => onDay(day)}>
          {Number(day.slice(8))}
        </button>
        <DayMarks is={is} />
      </div>
      {blocks.length + often.length > 0 && (
        <button
          type="button"
          className="plan-count"
          onClick={() => onDay(day)}
          aria-label={`${dayName(day)}: ${say('more', { count: blocks.length + often.length })}`}
        >
          {blocks.length + often.length}
        </button>
      )}
      <div className="plan-lines">
        {often.slice(0, LINES).map(({ row }) => (
          <button
            key={`${row.area}/${row.entry}`}
            type="button"
            className="plan-often"
            data-band={row.band}
            data-whose={whoseIs(row, drawn.area)}
            onClick={() => drawn.onOpenRow(row, day)}
          >
            {row.title}
          </button>
        ))}
        {blocks.slice(0, Math.max(0, LINES - often.length)).map((block) => (
          <BlockButton
            key={block.key}
            className="plan-line"
            block={block}
            whose={whoseIs(block.row, drawn.area)}
            isTroubled={drawn.isTroubled(block)}
            canMove={drawn.canMove(block)}
            canStretch={false}
            drag={drag}
          />
        ))}
        {rest > 0 && (
          <button type="button" className="plan-rest" onClick={() => onDay(day)}>
            {say('more', { count: rest })}
          </button>
        )}
        {isTarget && drag.drag && <MetThere drag={drag.drag} {...drawn} />}
      </div>
    </div>
  );
}
