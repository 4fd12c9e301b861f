import { Badge, Card, Group, List, Stack, Text, Title } from '@mantine/core';
import { TargetChips } from '../targets/target-chips.tsx';
import { timeWords } from '../time/thai-time.ts';
import { type Say, useLanguage, useWords } from '../words/language.ts';
import { SourceDocument } from './source-document.tsx';
import { WarningDecision } from './warning-decision.tsx';
import type { WarningRow } from './warning-row.ts';
import { WARNING_WORDS } from './warning-words.ts';

type Key = keyof typeof WARNING_WORDS.th;

const COLORS: Record<string, string> = { waiting: 'yellow', sending: 'red', live: 'red' };

/** A state or a trust of a later server is shown by its code. */
const known = (say: Say<Key>, code: string): string => (code in WARNING_WORDS.th ? say(code as Key) : code);

/** What an agency said, whom it reaches, what is known of its sender, and what becomes of it. */
export function WarningCard({ row }: { row: WarningRow }) {
  const say = useWords(WARNING_WORDS);
  const lang = useLanguage();
  const at = timeWords(row.received_at, 'moment', lang);
  return (
    <Card withBorder component="article" aria-label={row.title}>
      <Stack gap="xs">
        <Group gap="xs">
          <Badge color={COLORS[row.state] ?? 'gray'} variant="filled" autoContrast tt="none">
            {known(say, row.state)}
          </Badge>
          <Title order={2} size="h4">
            {row.title}
          </Title>
        </Group>
        <Text size="sm" c="dimmed">
          {say('from', { sender: row.sender, via: row.via, at })}
          {row.until !== undefined && ` · ${say('until', { at: timeWords(row.until, 'moment', lang) })}`}
        </Text>
        <Text size="sm">
          {say('trust')}: <strong>{known(say, row.trust)}</strong>
        </Text>
        <Group gap="xs" align="center">
          <Text size="sm">{say('reaches')}</Text>
          <TargetChips chosen={row.to} />
        </Group>
        <Text size="sm" c="dimmed">
          {say('matched', row.matched)}
        </Text>
        {row.reasons.length > 0 && (
          <details>
            <summary>{say('reasons')}</summary>
            <List size="sm">
              {row.reasons.map((reason) => (
                <List.Item key={`${reason.code} ${reason.place}`}>{reason[lang]}</List.Item>
              ))}
            </List>
          </details>
        )}
        {row.why !== undefined && (
          <Text size="sm">
            {row.why} {say('decidedBy', { by: row.state_by })}
          </Text>
        )}
        <SourceDocument alert={row.alert} />
        {row.state === 'waiting' && <WarningDecision row={row} />}
      </Stack>
    </Card>
  );
}
