import {
  Badge,
  Button,
  Checkbox,
  Drawer,
  Group,
  Paper,
  SegmentedControl,
  Skeleton,
  Spoiler,
  Stack,
  Text,
} from '@mantine/core';
import { useState } from 'react';
import type { AnswerTo } from '../../../../firmware-protocol/mqtt/requests.ts';
import { useListedName } from '../../areas/use-listed-area.ts';
import { FailureNote } from '../../house/failure-note.tsx';
import { ThaiDateInput } from '../../time/thai-date-input.tsx';
import { TimeOfDayInput } from '../../time/time-of-day-input.tsx';
import { useAnswer } from '../../wire/use-wire.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { timeOf } from '../grid/blocks.ts';
import { namesIn } from '../place-names.ts';
import { HeardLines, isAsPlanned } from './heard-line.tsx';
import { HEARING_WORDS } from './hearing-words.ts';

type Group_ = AnswerTo<'hearing'>['groups'][number];
const SPANS = { moment: 1, quarter: 15, hour: 60, wholeDay: 1_440, week: 7 * 1_440 } as const;
type Span = keyof typeof SPANS;

interface Props {
  area: string;
  day: string;
  /** Since midnight. */
  minute: number;
  onClose: () => void;
}

/** What every village of an area hears and sees at a moment, what lost, and why; villages that hear the same stand together. */
export function HearingDrawer({ area, day: firstDay, minute, onClose }: Props) {
  const say = useWords(HEARING_WORDS);
  const name = useListedName(area);
  const [day, setDay] = useState(firstDay);
  const [time, setTime] = useState(timeOf(minute));
  const [span, setSpan] = useState<Span>('hour');
  const [after, setAfter] = useState(0);
  const [onlyMet, setOnlyMet] = useState(false);
  const isDays = span === 'wholeDay' || span === 'week';
  const from = isDays ? `${day}T00:00:00+07:00` : `${day}T${time}:00+07:00`;
  const { data, error, isFetching } = useAnswer('hearing', { area, from, minutes: SPANS[span], after });
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={say('title')}>
      <Stack>
        <Text fw={600} size="lg">
          {name}
        </Text>
        <Group align="flex-end">
          <ThaiDateInput label={say('onDay')} value={day} onChange={setDay} w={180} />
          <TimeOfDayInput label={say('at')} value={time} disabled={isDays} onChange={setTime} />
          <SegmentedControl
            aria-label={say('span')}
            value={span}
            data={(Object.keys(SPANS) as Span[]).map((value) => ({ value, label: say(value) }))}
            onChange={(value) => {
              setSpan(value as Span);
              setAfter(0);
            }}
          />
        </Group>
        <Checkbox
          label={say('onlyMet')}
          checked={onlyMet}
          onChange={(event) => setOnlyMet(event.currentTarget.checked)}
        />
        <Text size="xs" c="dimmed">
          {say('asPublished')}
        </Text>
        <FailureNote error={error} />
        {data === undefined && error === null && <Skeleton height={200} />}
        {data?.villages === 0 && <Text>{say('noVillages')}</Text>}
        {data?.groups.map((group, at) => (
          <HeardGroup
            key={group.who[0] ?? at}
            group={onlyMet ? { ...group, plan: group.plan.filter((line) => !isAsPlanned(line)) } : group}
            names={data.names}
            withDay={span === 'week'}
            nothing={say(onlyMet ? 'allAsPlanned' : 'nothing')}
            isMost={at === 0 && after === 0 && data.groups_in_all > 1}
          />
        ))}
        {data?.next !== undefined && (
          <Button variant="default" loading={isFetching} onClick={() => setAfter(data.next ?? 0)}>
            {say('more')}
          </Button>
        )}
      </Stack>
    </Drawer>
  );
}

interface GroupProps extends Pick<AnswerTo<'hearing'>, 'names'> {
  group: Group_;
  isMost: boolean;
  withDay: boolean;
  /** Said where it has no line. */
  nothing: string;
}

function HeardGroup({ group, names, isMost, withDay, nothing }: GroupProps) {
  const say = useWords(HEARING_WORDS);
  const language = useLanguage();
  const { villages, who, without, plan, left_out, differs } = group;
  return (
    <Paper withBorder p="sm" component="section">
      <Group gap="xs">
        <Text fw={600}>{say('villages', { count: villages })}</Text>
        {isMost && (
          <Badge variant="light" tt="none">
            {say('mostly')}
          </Badge>
        )}
      </Group>
      {differs && <Text size="sm">{differs[language]}</Text>}
      {without.box + without.tower + without.panel > 0 && (
        <Text size="xs" c="dimmed">
          {say('without', without)}
        </Text>
      )}
      <Spoiler maxHeight={0} showLabel={say('show')} hideLabel={say('show')}>
        <Text size="xs">{namesIn(who, names, language)}</Text>
      </Spoiler>
      {plan.length === 0 ? (
        <Text size="sm" mt="xs">
          {nothing}
        </Text>
      ) : (
        <HeardLines lines={plan} withDay={withDay} />
      )}
      {left_out > 0 && <Text size="sm">{say('leftOut', { count: left_out })}</Text>}
    </Paper>
  );
}
