import './fleet.css';
import { Button, Collapse, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedCallback, useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconMapPin, IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { AreaPath } from '../areas/area-path.tsx';
import { useOverview } from '../areas/use-area.ts';
import { useKept } from '../house/kept-input.ts';
import { useNow } from '../time/use-now.ts';
import { useWords } from '../words/language.ts';
import { AreaChooser } from './area-chooser.tsx';
import { ColumnChooser } from './column-chooser.tsx';
import { CountTiles } from './count-tiles.tsx';
import { CsvButton } from './csv-button.tsx';
import type { FleetSearch } from './fleet-search.ts';
import { FLEET_WORDS } from './fleet-words.ts';
import { HALL_COLUMNS } from './hall-columns.tsx';
import { HallTable } from './hall-table.tsx';
import { useLiveFleet } from './live-fleet.ts';
import { useFleetSearch } from './use-fleet-search.ts';
import { useHallTotal } from './use-hall-window.ts';

/** A pause in typing after which the list is looked for. */
const TYPED_MS = 250;
const DESK_COLUMNS = HALL_COLUMNS.filter(({ shown }) => shown !== 'asked').map(({ id }) => id);
const PHONE_COLUMNS = HALL_COLUMNS.filter(({ shown }) => shown === 'always').map(({ id }) => id);

/** The country, a province, a village: who is there, and how they fare. */
export default function FleetRoom() {
  const say = useWords(FLEET_WORDS);
  const [search, change] = useFleetSearch();
  const isPhone = useMediaQuery('(max-width: 48em)');
  const [area, { toggle, close }] = useDisclosure(false);
  const [chosen, setChosen] = useKept<string[] | null>('fleet.columns', null);
  const { data } = useOverview(search.area);
  const total = useHallTotal(search);
  const now = useNow();
  useLiveFleet();
  const shown = chosen ?? (isPhone ? PHONE_COLUMNS : DESK_COLUMNS);
  const goTo = (next: string) => {
    change({ area: next });
    close();
  };
  const chooser = <AreaChooser search={search} change={change} onChoose={goTo} />;
  return (
    <div className="fleet-room">
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={1} size="h3">
            {say('title')}
          </Title>
          <AreaPath area={search.area} onGo={goTo} />
        </Group>
        <CountTiles search={search} change={change} />
        <Button
          hiddenFrom="md"
          variant="default"
          leftSection={<IconMapPin size={16} aria-hidden />}
          onClick={toggle}
          aria-expanded={area}
        >
          {say(area ? 'hideArea' : 'chooseArea')}
        </Button>
        <Collapse expanded={area} hiddenFrom="md">
          {area && chooser}
        </Collapse>
      </Stack>
      <div className="fleet-halves">
        <aside className="fleet-side">{!isPhone && chooser}</aside>
        <section className="fleet-main">
          <Group gap="xs" wrap="wrap" mb="xs">
            <SearchBox search={search} change={change} />
            <Text size="sm" c="dimmed" className="tabular">
              {total !== undefined && say('found', { count: total })}
            </Text>
            <Group gap="xs" ms="auto">
              <ColumnChooser shown={shown} onChange={setChosen} />
              <CsvButton search={search} />
            </Group>
          </Group>
          <HallTable
            search={search}
            change={change}
            shown={shown}
            expected={data?.counts.halls ?? 0}
            now={now}
          />
        </section>
      </div>
    </div>
  );
}

function SearchBox({
  search,
  change,
}: {
  search: FleetSearch;
  change: (part: Partial<FleetSearch>) => void;
}) {
  const say = useWords(FLEET_WORDS);
  const [typed, setTyped] = useState(search.q);
  const find = useDebouncedCallback((q: string) => change({ q }), TYPED_MS);
  // The address is changed from elsewhere too: by the back button, by "clear all filters".
  useEffect(() => setTyped(search.q), [search.q]);
  return (
    <TextInput
      data-search
      className="fleet-search"
      type="search"
      aria-label={say('search')}
      placeholder={say('search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        find(value);
      }}
    />
  );
}
