import { ActionIcon, Button, Group, Popover, ScrollArea, SegmentedControl, Title } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconChevronDown, IconChevronLeft, IconChevronRight, IconMapPin } from '@tabler/icons-react';
import { useState } from 'react';
import { AreaTree } from '../areas/area-tree.tsx';
import { useListedName } from '../areas/use-listed-area.ts';
import { useSession } from '../door/use-session.tsx';
import { useDatePickerWords } from '../time/thai-date-input.tsx';
import { type TimeForm, timeWords } from '../time/thai-time.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { daysShown, plusDays, turned, type View } from './days.ts';
import type { ScheduleAddress } from './schedule-address.ts';
import { SCHEDULE_WORDS } from './schedule-words.ts';
import { useIsNarrow } from './use-is-narrow.ts';

interface Props {
  address: ScheduleAddress;
  today: string;
  onGo: (part: Partial<ScheduleAddress>) => void;
}

const VIEWS: View[] = ['day', 'week', 'month', 'areas'];

/** Where, when and how it is looked at. */
export function ScheduleBar({ address, today, onGo }: Props) {
  const say = useWords(SCHEDULE_WORDS);
  const { view, day, which } = address;
  const isNarrow = useIsNarrow();
  return (
    <>
      <Group justify="space-between" gap="sm" wrap={isNarrow ? 'nowrap' : 'wrap'}>
        <AreaButton area={address.area} onChoose={(area) => onGo({ area })} />
        <SegmentedControl
          aria-label={say('which')}
          value={which}
          data={(['draft', 'published'] as const).map((value) => ({
            value,
            label: say(isNarrow ? `${value}Short` : value),
          }))}
          style={{ flex: 'none' }}
          onChange={(value) => onGo({ which: value === 'published' ? 'published' : 'draft' })}
        />
      </Group>
      <Group justify="space-between" gap="sm">
        <Group gap="xs" wrap="nowrap">
          <Button variant="default" onClick={() => onGo({ day: today })}>
            {say('today')}
          </Button>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={say('earlier')}
            onClick={() => onGo({ day: turned(view, day, -1) })}
          >
            <IconChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={say('later')}
            onClick={() => onGo({ day: turned(view, day, 1) })}
          >
            <IconChevronRight size={18} aria-hidden />
          </ActionIcon>
          <DayButton address={address} onGo={onGo} />
        </Group>
        <SegmentedControl
          aria-label={say('view')}
          value={view}
          data={VIEWS.map((value) => ({ value, label: say(value) }))}
          onChange={(value) => onGo({ view: VIEWS.find((each) => each === value) ?? 'week' })}
        />
      </Group>
    </>
  );
}

/** What is shown, in words; it opens a calendar to go elsewhere. */
function DayButton({ address: { view, day }, onGo }: Pick<Props, 'address' | 'onGo'>) {
  const say = useWords(SCHEDULE_WORDS);
  const words = useDatePickerWords();
  const language = useLanguage();
  const isNarrow = useIsNarrow();
  const [open, setOpen] = useState(false);
  const { from, count } = daysShown(view, day);
  const at = (each: string, form: TimeForm) => timeWords(`${each}T12:00:00+07:00`, form, language);
  const title =
    view === 'month'
      ? at(day, 'month')
      : view === 'week'
        ? `${at(from, 'shortDay')} – ${at(plusDays(from, count - 1), 'day')}`
        : at(day, isNarrow ? 'day' : 'weekdayDay');
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          px="xs"
          rightSection={<IconChevronDown size={16} aria-hidden />}
          aria-label={`${title}. ${say('goTo')}`}
          onClick={() => setOpen(!open)}
        >
          <Title order={2} size="h4" style={{ whiteSpace: 'nowrap' }}>
            {title}
          </Title>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <DatePicker
          {...words}
          value={day}
          defaultDate={day}
          onChange={(chosen) => {
            if (chosen !== null) onGo({ day: chosen });
            setOpen(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function AreaButton({ area, onChoose }: { area: string; onChoose: (area: string) => void }) {
  const say = useWords(SCHEDULE_WORDS);
  const { areas } = useSession();
  const name = useListedName(area);
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconMapPin size={16} aria-hidden />}
          rightSection={<IconChevronDown size={16} aria-hidden />}
          aria-label={`${say('area')}: ${name}`}
          style={{ minWidth: 0 }}
          onClick={() => setOpen(!open)}
        >
          {name}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('chooseArea')}>
        <ScrollArea.Autosize mah="60vh" miw={280}>
          <AreaTree
            roots={areas}
            chosen={[area]}
            onChoose={([chosen]) => {
              setOpen(false);
              if (chosen !== undefined) onChoose(chosen);
            }}
          />
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}
