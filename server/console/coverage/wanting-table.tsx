import { Anchor, Group, SegmentedControl, Table, Text, Title } from '@mantine/core';
import { type Icon, IconAlertTriangle, IconBoxOff, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { timeWords } from '../time/thai-time.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { type Coverage, STANDINGS, type Wanting } from './coverage-rows.ts';
import { COVERAGE_WORDS } from './coverage-words.ts';

const WANTING = STANDINGS.filter((standing) => standing !== 'working');
type Shown = 'all' | (typeof WANTING)[number];
/** Drawn at once: more than anybody reads; the filter and smaller areas find the rest. */
const DRAWN = 300;

const SIGNS: Record<Wanting['standing'], { icon: Icon; color: string }> = {
  impaired: { icon: IconAlertTriangle, color: 'var(--poor)' },
  offline: { icon: IconCircleX, color: 'var(--bad)' },
  new: { icon: IconCircleDashed, color: 'dimmed' },
  without: { icon: IconBoxOff, color: 'dimmed' },
};

/** Villages without a box that works: what is missing, and since when. */
export function WantingTable({ coverage }: { coverage: Coverage }) {
  const say = useWords(COVERAGE_WORDS);
  const [shown, setShown] = useState<Shown>('all');
  const { wanting, left_out: leftOut } = coverage;
  const listed = wanting.filter(({ standing }) => shown === 'all' || standing === shown);
  const beyond = leftOut + Math.max(0, listed.length - DRAWN);
  return (
    <section aria-label={say('wanting')}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {say('wanting')}
        </Title>
        <SegmentedControl
          size="sm"
          aria-label={say('show')}
          value={shown}
          onChange={setShown}
          data={(['all', ...WANTING] as const).map((value) => ({ value, label: say(value) }))}
          className="wrapping"
        />
      </Group>
      {listed.length === 0 ? (
        <Text c="dimmed">{say(wanting.length === 0 ? 'wantingNone' : 'wantingNoneOf')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={640}>
          <Table aria-label={say('wanting')} className="tabular" highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                {(['village', 'code', 'standing', 'since', 'lacks', 'device'] as const).map((word) => (
                  <Table.Th key={word}>{say(word)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {listed.slice(0, DRAWN).map((row) => (
                <Row key={row.village} row={row} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {beyond > 0 && shown === 'all' && (
        <Text size="sm" c="dimmed" mt="xs">
          {say('leftOut', { count: beyond })}
        </Text>
      )}
    </section>
  );
}

function Row({ row: { village, name, standing, since, lacks = [], device } }: { row: Wanting }) {
  const say = useWords(COVERAGE_WORDS);
  const lang = useLanguage();
  const { icon: Sign, color } = SIGNS[standing];
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td>{village}</Table.Td>
      <Table.Td>
        <Group gap={6} wrap="nowrap" c={color}>
          <Sign size={16} aria-hidden />
          <Text span size="sm" inherit>
            {say(standing)}
          </Text>
        </Group>
      </Table.Td>
      <Table.Td>{since === undefined ? say('sinceUnknown') : timeWords(since, 'day', lang)}</Table.Td>
      <Table.Td>{lacks.map((output) => say(output)).join(' ')}</Table.Td>
      <Table.Td>
        {device !== undefined && (
          <Anchor
            component={Link}
            to="/fleet/$device"
            params={{ device } as never}
            size="sm"
            underline="always"
          >
            {device}
          </Anchor>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
