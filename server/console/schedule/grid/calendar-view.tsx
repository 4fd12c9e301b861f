import { Text } from '@mantine/core';
import { useWords } from '../../words/language.ts';
import type { Drawn } from '../drag/drawn.ts';
import type { ScheduleAddress } from '../schedule-address.ts';
import { SCHEDULE_WORDS } from '../schedule-words.ts';
import { AreaGrid } from './area-grid.tsx';
import type { DayPlan, Occurrences } from './blocks.ts';
import { Legend } from './legend.tsx';
import { MonthGrid } from './month-grid.tsx';
import { TimeGrid } from './time-grid.tsx';

interface Props {
  address: ScheduleAddress;
  data: Occurrences;
  days: DayPlan[];
  drawn: Drawn;
  canEdit: boolean;
  onGo: (part: Partial<ScheduleAddress>) => void;
  onPoint: (day: string, minute: number, place: { x: number; y: number }) => void;
  onPointOf: (area: string, day: string, minute: number) => void;
}

/** The days as the view has them, with what an empty one says, and what the marks mean. */
export function CalendarView({ address, data, days, drawn, canEdit, onGo, onPoint, onPointOf }: Props) {
  const say = useWords(SCHEDULE_WORDS);
  const { view, day } = address;
  const onDay = (chosen: string) => onGo({ view: 'day', day: chosen });
  const [first] = days;
  return (
    <>
      {view === 'month' && <MonthGrid {...{ days, day, onDay }} {...drawn} />}
      {view === 'areas' && first && (
        <AreaGrid plan={first} onArea={(area) => onGo({ area })} onPointOf={onPointOf} {...drawn} />
      )}
      {(view === 'day' || view === 'week') && <TimeGrid {...{ view, days, onDay, onPoint }} {...drawn} />}
      {data.rows.length === 0 && (
        <Text c="dimmed" ta="center">
          {say('nothing')} {canEdit && say('nothingHow')}
        </Text>
      )}
      <Legend {...{ data, canEdit }} />
    </>
  );
}
