import { Group, Paper, SegmentedControl, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClock } from '@tabler/icons-react';
import { useState, useSyncExternalStore } from 'react';
import { timeWords } from '../time/thai-time.ts';
import type { Exchange } from '../wire/exchanges.ts';
import { useWire } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { DIAGNOSE_WORDS } from './diagnose-words.ts';
import { SLOW_MS } from './line-steps.ts';

const SHOWN = ['trouble', 'all'] as const;
type Shown = (typeof SHOWN)[number];
/** Rows drawn at once. */
const DRAWN = 60;

const isTrouble = ({ outcome, ms }: Exchange) => outcome !== 'answered' || ms > SLOW_MS;

/** Slow answers, refusals with their reason, and what got no answer: of this page, since it was opened. */
export function ExchangeCard() {
  const say = useWords(DIAGNOSE_WORDS);
  const { exchanges } = useWire();
  const [shown, setShown] = useState<Shown>('trouble');
  const list = useSyncExternalStore(
    (changed) => exchanges.onChange(changed),
    () => exchanges.list,
  );
  const listed = list.filter((each) => shown === 'all' || isTrouble(each)).slice(0, DRAWN);
  return (
    <Paper component="section" withBorder p="md" aria-label={say('exchanges')}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {say('exchanges')}
        </Title>
        <SegmentedControl
          size="sm"
          aria-label={say('show')}
          value={shown}
          onChange={setShown}
          data={SHOWN.map((value) => ({ value, label: say(value) }))}
        />
      </Group>
      {listed.length === 0 ? (
        <Text c="dimmed">{say(list.length === 0 ? 'exchangesNone' : 'exchangesNoneOf')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={560} maxHeight={420}>
          <Table className="tabular" aria-label={say('exchanges')}>
            <Table.Thead>
              <Table.Tr>
                {(['at', 'what', 'way', 'took', 'result'] as const).map((word) => (
                  <Table.Th key={word}>{say(word)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {listed.map((each) => (
                <Row key={each.number} exchange={each} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  );
}

function Row({ exchange }: { exchange: Exchange }) {
  const say = useWords(DIAGNOSE_WORDS);
  const lang = useLanguage();
  const { at, what, way, ms, outcome, failure } = exchange;
  const isSlow = ms > SLOW_MS;
  const [Sign, color] =
    outcome !== 'answered'
      ? [IconAlertTriangle, 'var(--bad)']
      : isSlow
        ? [IconClock, 'var(--poor)']
        : [IconCircleCheck, 'var(--good)'];
  return (
    <Table.Tr>
      <Table.Td>{timeWords(at, 'clock', lang)}</Table.Td>
      <Table.Td>{what}</Table.Td>
      <Table.Td>{way.toUpperCase()}</Table.Td>
      <Table.Td>{ms} ms</Table.Td>
      <Table.Td>
        <Group gap={6} wrap="nowrap" c={color} align="flex-start">
          <Sign size={16} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
          <Text span size="sm" inherit>
            {say(outcome === 'answered' && isSlow ? 'slow' : outcome)}
            {failure !== undefined && `: ${failure[lang]} (${failure.code})`}
          </Text>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
