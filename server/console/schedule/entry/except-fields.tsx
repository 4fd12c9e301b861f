import { Button, Group, MultiSelect, Pill, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ThaiDateInput } from '../../time/thai-date-input.tsx';
import { timeWords } from '../../time/thai-time.ts';
import { useAnswer } from '../../wire/use-wire.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import type { EntryForm } from './entry-form.ts';
import { ENTRY_WORDS } from './entry-words.ts';

interface Props {
  area: string;
  form: EntryForm;
  onChange: (form: EntryForm) => void;
}

/** Days on which a series does not come: by calendars, and one by one. */
export function ExceptFields({ area, form, onChange }: Props) {
  const say = useWords(ENTRY_WORDS);
  const { entry, when } = form;
  const { data } = useAnswer('calendar', { area });
  if (when.repeat === 'once') return null;
  const names = [...new Set(data?.calendars.map(({ name }) => name) ?? ['public-holiday', 'wan-phra'])];
  const calendars = names.map((value) => ({
    value,
    label: value === 'public-holiday' ? say('holidays') : value === 'wan-phra' ? say('wanPhra') : value,
  }));
  const choose = (member: 'not_on' | 'only_on', chosen: string[]) => {
    const { [member]: _, ...rest } = entry;
    onChange({ ...form, entry: chosen.length === 0 ? rest : { ...rest, [member]: chosen } });
  };
  return (
    <Stack gap="xs">
      <Group grow align="flex-start">
        <MultiSelect
          label={say('notOn')}
          data={calendars}
          value={entry.not_on ?? []}
          onChange={(chosen) => choose('not_on', chosen)}
        />
        <MultiSelect
          label={say('onlyOn')}
          data={calendars}
          value={entry.only_on ?? []}
          onChange={(chosen) => choose('only_on', chosen)}
        />
      </Group>
      <SingleDays form={form} onChange={onChange} />
    </Stack>
  );
}

function SingleDays({ form, onChange }: Omit<Props, 'area'>) {
  const say = useWords(ENTRY_WORDS);
  const language = useLanguage();
  const { entry, when } = form;
  const [day, setDay] = useState(when.day);
  const setExcept = (except: string[]) =>
    onChange({ ...form, entry: { ...entry, except: [...new Set(except)].sort() } });
  const moment = (start: string) => timeWords(`${start}+07:00`, 'moment', language);
  return (
    <>
      <Text size="sm" fw={500}>
        {say('except')}
      </Text>
      <Group gap={6}>
        {entry.except.length === 0 && (
          <Text size="sm" c="dimmed">
            {say('exceptNone')}
          </Text>
        )}
        {entry.except.map((start) => (
          <Pill
            key={start}
            withRemoveButton
            removeButtonProps={{
              'aria-label': say('removeExcept', { moment: moment(start) }),
              'aria-hidden': false,
              tabIndex: 0,
            }}
            onRemove={() => setExcept(entry.except.filter((each) => each !== start))}
          >
            {moment(start)}
          </Pill>
        ))}
      </Group>
      <Group align="flex-end">
        <ThaiDateInput label={say('onDay')} from={when.day} value={day} onChange={setDay} w={200} />
        <Button
          variant="default"
          onClick={() => setExcept([...entry.except, ...when.times.map((time) => `${day}T${time}:00`)])}
        >
          {say('addExcept')}
        </Button>
      </Group>
    </>
  );
}
