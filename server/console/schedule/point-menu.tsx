import { Menu } from '@mantine/core';
import { IconEar, IconPlus, IconUsers } from '@tabler/icons-react';
import { useWords } from '../words/language.ts';
import { timeOf } from './grid/blocks.ts';
import { useDayName } from './grid/day-head.tsx';
import { useClock } from './grid/use-clock.ts';
import { HeardHere } from './hearing/heard-here.tsx';
import { SCHEDULE_WORDS } from './schedule-words.ts';

export interface Point {
  day: string;
  minute: number;
  /** On the screen, px. */
  x: number;
  y: number;
}

interface Props {
  area: string;
  point: Point | undefined;
  canEdit: boolean;
  onAdd: (point: Point) => void;
  onAddSlot: (point: Point) => void;
  onExplain: (point: Point) => void;
  onClose: () => void;
}

/** What is heard at a place of the calendar, and what can be done there. */
export function PointMenu({ area, point, canEdit, onAdd, onAddSlot, onExplain, onClose }: Props) {
  const say = useWords(SCHEDULE_WORDS);
  const dayName = useDayName('weekday');
  const clock = useClock();
  if (point === undefined) return null;
  return (
    <Menu opened onClose={onClose} position="right-start" withinPortal>
      <Menu.Target>
        <span style={{ position: 'fixed', left: point.x, top: point.y }} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{say('at', { day: dayName(point.day), time: clock(point.minute) })}</Menu.Label>
        <div className="plan-here">
          <HeardHere area={area} from={`${point.day}T${timeOf(point.minute)}:00`} />
        </div>
        <Menu.Divider />
        {canEdit && (
          <>
            <Menu.Item leftSection={<IconPlus size={16} aria-hidden />} onClick={() => onAdd(point)}>
              {say('add')}
            </Menu.Item>
            <Menu.Item leftSection={<IconUsers size={16} aria-hidden />} onClick={() => onAddSlot(point)}>
              {say('addSlot')}
            </Menu.Item>
          </>
        )}
        <Menu.Item leftSection={<IconEar size={16} aria-hidden />} onClick={() => onExplain(point)}>
          {say('explain')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
