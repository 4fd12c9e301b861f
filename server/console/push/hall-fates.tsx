import { Button, Card, Chip, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import type { Fate } from '../../../firmware-protocol/mqtt/order-requests.ts';
import { FATE_WORDS } from '../../../firmware-protocol/mqtt/play-words.ts';
import { FateSign } from '../progress/fate-sign.tsx';
import { type Fates, hallsOf, useProgress } from '../progress/use-progress.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { type HallRow, outcomeWords, refusalWords } from './hall-outcome.ts';
import { ORDER_WORDS } from './order-words.ts';

const PAGE = 100;

/** Hall by hall, of all or of one fate; as cards where a table is too wide. */
export function HallFates({ order, fates }: { order: string; fates: Fates }) {
  const say = useWords(ORDER_WORDS);
  const [fate, setFate] = useState<Fate>();
  const [after, setAfter] = useState<string>();
  const { data } = useProgress(order, { limit: PAGE, ...(fate && { fate }), ...(after && { after }) });
  const narrow = useMediaQuery('(max-width: 48em)');
  const choose = (next: Fate | undefined) => {
    setFate(next);
    setAfter(undefined);
  };
  return (
    <Stack gap="sm">
      <FateFilter fates={fates} chosen={fate} onChoose={choose} />
      {data === undefined && <Skeleton height={160} />}
      {data !== undefined &&
        (narrow ? <HallCards rows={data.deliveries} /> : <HallTable rows={data.deliveries} />)}
      <Group>
        {after !== undefined && (
          <Button variant="default" onClick={() => setAfter(undefined)}>
            {say('first')}
          </Button>
        )}
        {data?.next !== undefined && (
          <Button variant="default" onClick={() => setAfter(data.next)}>
            {say('next')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function FateFilter({
  fates,
  chosen,
  onChoose,
}: {
  fates: Fates;
  chosen: Fate | undefined;
  onChoose: (fate: Fate | undefined) => void;
}) {
  const say = useWords(ORDER_WORDS);
  const lang = useLanguage();
  const there = (Object.keys(FATE_WORDS) as Fate[]).filter((fate) => (fates[fate] ?? 0) > 0);
  return (
    <Chip.Group value={chosen ?? 'all'} onChange={(value) => onChoose(there.find((fate) => fate === value))}>
      <Group gap="xs" role="group" aria-label={say('filter')}>
        <Chip value="all">
          {say('all')} {hallsOf(fates)}
        </Chip>
        {there.map((fate) => (
          <Chip key={fate} value={fate}>
            {FATE_WORDS[fate][lang]} {fates[fate]}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

function HallTable({ rows }: { rows: readonly HallRow[] }) {
  const say = useWords(ORDER_WORDS);
  const lang = useLanguage();
  return (
    <Table striped aria-label={say('byHall')}>
      <Table.Thead>
        <Table.Tr>
          {(['hall', 'fate', 'tower', 'panel'] as const).map((head) => (
            <Table.Th key={head}>{say(head)}</Table.Th>
          ))}
          <Table.Th ta="right">{say('sends')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.device}>
            <Table.Td>
              <HallName row={row} />
            </Table.Td>
            <Table.Td>
              <FateSign fate={row.fate} />
              <Text size="xs">{refusalWords(row, lang)}</Text>
            </Table.Td>
            <Table.Td>{outcomeWords(row, 'tower', lang)}</Table.Td>
            <Table.Td>{outcomeWords(row, 'panel', lang)}</Table.Td>
            <Table.Td ta="right" className="tabular">
              {row.sends}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function HallCards({ rows }: { rows: readonly HallRow[] }) {
  const say = useWords(ORDER_WORDS);
  const lang = useLanguage();
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label={say('byHall')}>
      {rows.map((row) => (
        <Card key={row.device} component="li" withBorder padding="sm">
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <HallName row={row} />
            <FateSign fate={row.fate} />
          </Group>
          {[
            refusalWords(row, lang),
            ...(['tower', 'panel'] as const).map((output) => {
              const words = outcomeWords(row, output, lang);
              return words && `${say(output)}: ${words}`;
            }),
          ]
            .filter((line) => line !== '')
            .map((line) => (
              <Text key={line} size="sm">
                {line}
              </Text>
            ))}
        </Card>
      ))}
    </Stack>
  );
}

const HallName = ({ row: { name, device } }: { row: HallRow }) => (
  <div>
    <Text size="sm">{name ?? device}</Text>
    {name !== undefined && (
      <Text size="xs" c="dimmed">
        {device}
      </Text>
    )}
  </div>
);
