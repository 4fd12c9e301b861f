import {
  Button,
  Drawer,
  FileInput,
  Group,
  Select,
  Skeleton,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useRight } from '../../door/use-session.tsx';
import { FailureNote } from '../../house/failure-note.tsx';
import { timeWords } from '../../time/thai-time.ts';
import { useAnswer, useOrder } from '../../wire/use-wire.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { plusDays } from '../days.ts';
import { base64Of } from '../file-base64.ts';
import { HEARING_WORDS } from './hearing-words.ts';

interface Props {
  area: string;
  today: string;
  onClose: () => void;
}

/** Which calendars hold here, their days, and the import of one's own. */
export function CalendarDrawer({ area, today, onClose }: Props) {
  const say = useWords(HEARING_WORDS);
  const language = useLanguage();
  const maySpeak = useRight('speak');
  const [name, setName] = useState('public-holiday');
  const span = { from: today, until: plusDays(today, 365) };
  const { data, error } = useAnswer('calendar', { area, name, ...span });
  const title = (each: string) =>
    each === 'public-holiday' ? say('holidays') : each === 'wan-phra' ? say('wanPhra') : each;
  const chosen = data?.calendars.find((each) => each.name === name && !each.computed);
  const options = [
    ...new Set(['public-holiday', 'wan-phra', ...(data?.calendars.map((each) => each.name) ?? [])]),
  ];
  return (
    <Drawer opened onClose={onClose} position="right" title={say('calendars')}>
      <Stack>
        <Text size="sm">{say('calendarWhy')}</Text>
        <Select
          label={say('name')}
          allowDeselect={false}
          value={name}
          data={options.map((value) => ({ value, label: title(value) }))}
          onChange={(value) => setName(value ?? 'public-holiday')}
        />
        <Text size="sm" c="dimmed">
          {chosen === undefined
            ? say('computed')
            : say('imported', { area: chosen.area, count: chosen.spans })}
        </Text>
        <Title order={3} size="h5">
          {say('days')}
        </Title>
        {data === undefined && error === null && <Skeleton height={160} />}
        <FailureNote error={error} />
        {data?.days.length === 0 && <Text size="sm">{say('noDays')}</Text>}
        <Stack
          component="ul"
          gap={2}
          p={0}
          m={0}
          mah={280}
          style={{ listStyle: 'none', overflowY: 'auto' }}
          tabIndex={0}
          aria-label={say('days')}
        >
          {data?.days.map(({ day, title: words }) => (
            <Text component="li" size="sm" key={`${day} ${words}`}>
              <span className="plan-time">{timeWords(`${day}T12:00:00+07:00`, 'day', language)}</span> {words}
            </Text>
          ))}
        </Stack>
        {maySpeak && chosen?.area === area && (
          <RemoveButton area={area} name={name} onDone={() => setName('public-holiday')} />
        )}
        {maySpeak && <ImportForm area={area} span={span} onDone={setName} />}
      </Stack>
    </Drawer>
  );
}

const TOUCHES = ['calendar', 'occurrences', 'draft', 'versions'] as const;

function RemoveButton({ area, name, onDone }: { area: string; name: string; onDone: () => void }) {
  const say = useWords(HEARING_WORDS);
  const [sure, setSure] = useState(false);
  const remove = useOrder('calendar', [...TOUCHES]);
  return (
    <>
      <FailureNote error={remove.error} />
      <Button
        color="red"
        variant={sure ? 'filled' : 'subtle'}
        loading={remove.isPending}
        onClick={() =>
          sure ? remove.mutate({ area, name, remove: true }, { onSuccess: onDone }) : setSure(true)
        }
      >
        {say(sure ? 'removeSure' : 'remove')}
      </Button>
    </>
  );
}

interface ImportProps {
  area: string;
  span: { from: string; until: string };
  onDone: (name: string) => void;
}

function ImportForm({ area, span, onDone }: ImportProps) {
  const say = useWords(HEARING_WORDS);
  const [name, setName] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const order = useOrder('calendar', [...TOUCHES]);
  const take = async () => {
    if (file === null) return;
    const answer = await order.mutateAsync({ area, name, ...span, csv_base64: await base64Of(file) });
    const published = answer.published.join(', ') || say('nowhere');
    notifications.show({
      color: 'green',
      message: say('importedNow', { count: answer.days.length, published }),
    });
    setFile(null);
    onDone(name);
  };
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {say('importTitle')}
      </Title>
      <Text size="sm" c="dimmed">
        {say('importHow')}
      </Text>
      <Group grow align="flex-start">
        <TextInput
          label={say('name')}
          placeholder={say('nameHelp')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <FileInput label={say('file')} accept=".csv,text/csv" value={file} onChange={setFile} clearable />
      </Group>
      <FailureNote error={order.error} />
      <Button
        variant="default"
        disabled={file === null || !/^[a-z0-9-]{2,40}$/.test(name)}
        loading={order.isPending}
        onClick={() => void take().catch(() => undefined)}
      >
        {say('import')}
      </Button>
    </Stack>
  );
}
