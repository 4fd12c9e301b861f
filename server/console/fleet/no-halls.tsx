import { Button, Stack, Text } from '@mantine/core';
import { useWords } from '../words/language.ts';
import type { FleetSearch } from './fleet-search.ts';
import { FLEET_WORDS } from './fleet-words.ts';

/** A list without a row says why, and what to do next. */
export function NoHalls({
  search,
  change,
}: {
  search: FleetSearch;
  change: (part: Partial<FleetSearch>) => void;
}) {
  const say = useWords(FLEET_WORDS);
  const isFiltered = search.q !== '' || search.only.length > 0;
  return (
    <Stack align="center" gap="xs" py="xl" role="status">
      <Text fw={600}>{say(isFiltered ? 'none' : 'empty')}</Text>
      <Text size="sm" c="dimmed" ta="center" maw={420}>
        {say(isFiltered ? 'noneWhy' : 'emptyWhy')}
      </Text>
      {isFiltered && (
        <Button variant="light" onClick={() => change({ q: '', only: [] })}>
          {say('clear')}
        </Button>
      )}
    </Stack>
  );
}
