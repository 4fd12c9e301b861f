import { Group, Skeleton, Text, UnstyledButton } from '@mantine/core';
import type { HallFilter } from '../../../firmware-protocol/mqtt/hall-list.ts';
import { AREA_WORDS } from '../areas/area-words.ts';
import { COUNT_KINDS } from '../areas/count-kinds.ts';
import { useOverview } from '../areas/use-area.ts';
import { useWords } from '../words/language.ts';
import type { FleetSearch } from './fleet-search.ts';
import { FLEET_WORDS } from './fleet-words.ts';

interface Props {
  search: FleetSearch;
  change: (part: Partial<FleetSearch>) => void;
}

/** How many halls of the area there are, and how they fare; each is a filter of the list below. */
export function CountTiles({ search, change }: Props) {
  const say = useWords(FLEET_WORDS);
  const sayArea = useWords(AREA_WORDS);
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
      {COUNT_KINDS.map(({ kind, icon: Sign, color, count }) => {
        const value = data && count(data.counts);
        return (
          <UnstyledButton
            key={kind}
            className="count-tile"
            aria-pressed={search.only.includes(kind)}
            onClick={() => toggle(kind)}
          >
            <Count value={value} />
            <Group gap={6} wrap="nowrap" c={value === 0 ? 'dimmed' : color}>
              <Sign size={16} aria-hidden style={{ flexShrink: 0 }} />
              <Text size="sm" inherit>
                {sayArea(kind)}
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
