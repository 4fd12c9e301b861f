import { Button, Checkbox, Drawer, FileInput, Group, Select, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { AnswerTo, RequestOf } from '../../../../firmware-protocol/mqtt/requests.ts';
import { useRight } from '../../door/use-session.tsx';
import { saveFile } from '../../house/csv-file.ts';
import { FailureNote } from '../../house/failure-note.tsx';
import { TimeOfDayInput } from '../../time/time-of-day-input.tsx';
import { useOrder, useWire } from '../../wire/use-wire.tsx';
import { useWords } from '../../words/language.ts';
import { base64Of } from '../file-base64.ts';
import { HEARING_WORDS } from '../hearing/hearing-words.ts';
import { CheckList } from './check-list.tsx';

/** The plan of an area as a calendar file, out and in. */
export function IcalDrawer({ area, onClose }: { area: string; onClose: () => void }) {
  const say = useWords(HEARING_WORDS);
  const maySpeak = useRight('speak');
  return (
    <Drawer opened onClose={onClose} position="right" title={say('ical')}>
      <Stack>
        <Out area={area} />
        {maySpeak && <In area={area} onDone={onClose} />}
      </Stack>
    </Drawer>
  );
}

function Out({ area }: { area: string }) {
  const say = useWords(HEARING_WORDS);
  const { ask } = useWire();
  const [error, setError] = useState<unknown>();
  const download = async (which: 'published' | 'draft') => {
    setError(undefined);
    try {
      const { ics, version } = await ask('ical', { area, which });
      saveFile(
        `prakat-${area}-${which === 'draft' ? 'draft' : version}.ics`,
        ics,
        'text/calendar;charset=utf-8',
      );
    } catch (failed) {
      setError(failed);
    }
  };
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {say('out')}
      </Title>
      <Group>
        <Button variant="default" onClick={() => void download('published')}>
          {say('outPublished')}
        </Button>
        <Button variant="default" onClick={() => void download('draft')}>
          {say('outDraft')}
        </Button>
      </Group>
      <FailureNote error={error} />
    </Stack>
  );
}

type Adopt = RequestOf<'adopt'>;
const TEXTS = ['summary', 'description', 'both'] as const;

function In({ area, onDone }: { area: string; onDone: () => void }) {
  const say = useWords(HEARING_WORDS);
  const { ask } = useWire();
  const [file, setFile] = useState<File | null>(null);
  const [text, setText] = useState<(typeof TEXTS)[number]>('summary');
  const [band, setBand] = useState<'40' | '20'>('40');
  const [allDayAt, setAllDayAt] = useState('08:00');
  const [replace, setReplace] = useState(false);
  const [looked, setLooked] = useState<{ request: Adopt; answer: AnswerTo<'adopt'> }>();
  const [error, setError] = useState<unknown>();
  const order = useOrder('adopt', ['draft', 'occurrences']);
  const changed =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setLooked(undefined);
    };
  const look = async () => {
    if (file === null) return;
    setError(undefined);
    try {
      const as = { band: band === '20' ? 20 : 40, outputs: ['panel'], text, all_day_at: allDayAt } as const;
      const request: Adopt = {
        area,
        ics_base64: await base64Of(file),
        as: { ...as, outputs: ['panel'] },
        replace,
      };
      setLooked({ request, answer: await ask('adopt', { ...request, dry_run: true }) });
    } catch (failed) {
      setError(failed);
    }
  };
  const take = async () => {
    if (looked === undefined) return;
    await order.mutateAsync(looked.request);
    notifications.show({ color: 'green', message: say('taken') });
    onDone();
  };
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {say('in')}
      </Title>
      <FileInput
        label={say('icsFile')}
        accept=".ics,text/calendar"
        value={file}
        onChange={changed(setFile)}
        clearable
      />
      <Text size="sm" fw={500}>
        {say('as')}
      </Text>
      <Group grow align="flex-end">
        <Select
          aria-label={say('as')}
          allowDeselect={false}
          value={band}
          data={(['40', '20'] as const).map((value) => ({ value, label: say(`band${value}`) }))}
          onChange={(value) => changed(setBand)(value === '20' ? '20' : '40')}
        />
        <Select
          label={say('text')}
          allowDeselect={false}
          value={text}
          data={TEXTS.map((value) => ({ value, label: say(value) }))}
          onChange={(value) => changed(setText)(TEXTS.find((each) => each === value) ?? 'summary')}
        />
        <TimeOfDayInput label={say('allDay')} value={allDayAt} onChange={changed(setAllDayAt)} />
      </Group>
      <Checkbox
        label={say('replace')}
        checked={replace}
        onChange={(event) => changed(setReplace)(event.currentTarget.checked)}
      />
      <FailureNote error={error ?? order.error} />
      {looked === undefined ? (
        <Button variant="default" disabled={file === null} onClick={() => void look()}>
          {say('look')}
        </Button>
      ) : (
        <>
          <Adoption answer={looked.answer} />
          <Button loading={order.isPending} onClick={() => void take().catch(() => undefined)}>
            {say('take')}
          </Button>
        </>
      )}
    </Stack>
  );
}

function Adoption({ answer: { events, ours, mapped, left_out, check } }: { answer: AnswerTo<'adopt'> }) {
  const say = useWords(HEARING_WORDS);
  const { past, cancelled, private: secret, 'not-an-event': other } = left_out;
  return (
    <>
      <Text size="sm">{say('found', { count: events, ours, mapped })}</Text>
      {past + cancelled + secret + other > 0 && (
        <Text size="sm">{say('leftOutWhy', { past, cancelled, private: secret, other })}</Text>
      )}
      <CheckList check={check} />
    </>
  );
}
