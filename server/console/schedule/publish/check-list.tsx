import { Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { timeWords } from '../../time/thai-time.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { namesIn } from '../place-names.ts';
import type { Check, Conflict } from '../use-plan.ts';
import { PUBLISH_WORDS } from './publish-words.ts';

interface Props {
  check: Check;
  /** Shows where one comes first. */
  onGo?: (conflict: Conflict) => void;
}

/** Only told; all others are published by who accepts them. */
export const isGrave = ({ kind }: Pick<Conflict, 'kind'>): boolean => kind !== 'waits';

/** What stands against a plan: what has to be accepted first, then what is only told. */
export function CheckList({ check: { conflicts, names }, onGo }: Props) {
  const say = useWords(PUBLISH_WORDS);
  if (conflicts.length === 0)
    return (
      <Group gap={6}>
        <IconCircleCheck size={18} color="var(--mantine-color-green-text)" aria-hidden />
        <Text size="sm">{say('clear')}</Text>
      </Group>
    );
  const [grave, told] = [conflicts.filter(isGrave), conflicts.filter((each) => !isGrave(each))];
  return (
    <Stack gap="xs">
      {grave.length > 0 && <Text fw={600}>{say('conflicts', { count: grave.length })}</Text>}
      {grave.map((each) => (
        <Row key={keyOf(each)} conflict={each} names={names} onGo={onGo} />
      ))}
      {told.length > 0 && <Text fw={600}>{say('warnings', { count: told.length })}</Text>}
      {told.map((each) => (
        <Row key={keyOf(each)} conflict={each} names={names} onGo={onGo} />
      ))}
    </Stack>
  );
}

const keyOf = ({ kind, entry, against, output }: Conflict): string => `${kind} ${entry} ${against} ${output}`;

interface RowProps {
  conflict: Conflict;
  names: Check['names'];
  onGo: Props['onGo'];
}

function Row({ conflict, names, onGo }: RowProps) {
  const say = useWords(PUBLISH_WORDS);
  const language = useLanguage();
  const Sign = isGrave(conflict) ? IconAlertTriangle : IconInfoCircle;
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Sign
        size={18}
        className={isGrave(conflict) ? 'plan-trouble' : undefined}
        style={{ flex: 'none', marginTop: 3 }}
        aria-hidden
      />
      <div style={{ flex: 1 }}>
        <Text size="sm">{conflict[language]}</Text>
        <Text size="xs" c="dimmed">
          {say('first', { count: conflict.times, first: timeWords(conflict.first, 'moment', language) })}
          {conflict.areas.length > 0 && ` · ${namesIn(conflict.areas, names, language)}`}
        </Text>
      </div>
      {onGo && (
        <Button size="compact-sm" variant="default" onClick={() => onGo(conflict)}>
          {say('go')}
        </Button>
      )}
    </Group>
  );
}
