import { Group, Skeleton, Text, UnstyledButton } from '@mantine/core';
import {
  type Icon,
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClockExclamation,
  IconDeviceTvOff,
  IconVolumeOff,
} from '@tabler/icons-react';
import type { HallFilter } from '../../../firmware-protocol/mqtt/hall-list.ts';
import { type FleetCounts, useOverview } from '../areas/use-area.ts';
import { useWords } from '../words/language.ts';
import type { FleetSearch } from './fleet-search.ts';
import { FLEET_WORDS } from './fleet-words.ts';

const TILES: readonly {
  filter: HallFilter;
  icon: Icon;
  color: string;
  count: (counts: FleetCounts) => number;
}[] = [
  { filter: 'online', icon: IconCircleCheck, color: 'var(--good)', count: ({ online }) => online },
  { filter: 'silent', icon: IconCircleX, color: 'var(--bad)', count: ({ halls, online }) => halls - online },
  { filter: 'tower_fault', icon: IconVolumeOff, color: 'var(--bad)', count: (counts) => counts.tower_fault },
  { filter: 'sign_fault', icon: IconDeviceTvOff, color: 'var(--bad)', count: (counts) => counts.sign_fault },
  { filter: 'clock', icon: IconClockExclamation, color: 'var(--poor)', count: ({ clock }) => clock },
  { filter: 'warned', icon: IconAlertTriangle, color: 'var(--poor)', count: ({ warned }) => warned },
];

interface Props {
  search: FleetSearch;
  change: (part: Partial<FleetSearch>) => void;
}

/** How many halls of the area there are, and how they fare; each is a filter of the list below. */
export function CountTiles({ search, change }: Props) {
  const say = useWords(FLEET_WORDS);
  const { data } = useOverview(search.area);
  const toggle = (filter: HallFilter) =>
    change({
      only: search.only.includes(filter)
        ? search.only.filter((each) => each !== filter)
        : [...search.only, filter],
    });
  return (
    // biome-ignore lint/a11y/useSemanticElements: filters, no form
    <div className="count-tiles" role="group" aria-label={say('counts')}>
      <UnstyledButton
        className="count-tile"
        aria-pressed={search.only.length === 0}
        onClick={() => change({ only: [] })}
      >
        <Count value={data?.counts.halls} />
        <Text size="sm">{say('all')}</Text>
      </UnstyledButton>
      {TILES.map(({ filter, icon: Sign, color, count }) => {
        const value = data && count(data.counts);
        return (
          <UnstyledButton
            key={filter}
            className="count-tile"
            aria-pressed={search.only.includes(filter)}
            onClick={() => toggle(filter)}
          >
            <Count value={value} />
            <Group gap={6} wrap="nowrap" c={value === 0 ? 'dimmed' : color}>
              <Sign size={16} aria-hidden style={{ flexShrink: 0 }} />
              <Text size="sm" inherit>
                {say(filter)}
              </Text>
            </Group>
          </UnstyledButton>
        );
      })}
    </div>
  );
}

function Count({ value }: { value: number | undefined }) {
  if (value === undefined) return <Skeleton height={24} width={48} my={4} />;
  return (
    <Text fw={600} size="xl" className="tabular">
      {value.toLocaleString('en-US')}
    </Text>
  );
}
