import { Button, Checkbox, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { AreaTree } from '../areas/area-tree.tsx';
import { useAreaName, useOverview } from '../areas/use-area.ts';
import { useWords } from '../words/language.ts';
import { hallTarget, isCovered, type Targets, withTarget } from './target-set.ts';
import { TARGET_WORDS } from './target-words.ts';
import { useHalls } from './use-target.ts';

type HallRow = AnswerTo<'devices'>['devices'][number];

/** More halls than a province has: a narrower area is asked for first. */
const LISTED_MOST = 3_000;
/** What is drawn at once; typing finds the rest. */
const DRAWN_MOST = 60;

interface Props {
  roots: readonly string[];
  chosen: Targets;
  onChoose: (targets: string[]) => void;
}

/** Single halls: of an area small enough to list, found by name or id. */
export function HallList({ roots, ...choice }: Props) {
  const say = useWords(TARGET_WORDS);
  const [area, setArea] = useState(roots.length === 1 ? roots[0] : undefined);
  const { data } = useOverview(area ?? 'th', area !== undefined);
  if (area !== undefined && data === undefined) return <Skeleton height={160} />;
  if (area !== undefined && data !== undefined && data.counts.halls <= LISTED_MOST)
    return <HallsOf area={area} onOther={() => setArea(undefined)} {...choice} />;
  return (
    <Stack gap="xs">
      <Text size="sm">{say('narrow')}</Text>
      <AreaTree roots={roots} chosen={[]} onChoose={([picked]) => setArea(picked)} />
    </Stack>
  );
}

function HallsOf({
  area,
  onOther,
  chosen,
  onChoose,
}: Omit<Props, 'roots'> & { area: string; onOther: () => void }) {
  const say = useWords(TARGET_WORDS);
  const name = useAreaName(area);
  const [words, setWords] = useState('');
  const { data } = useHalls(area);
  const found = hallsWith(data?.devices ?? [], words);
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm">{say('hallArea', { area: name })}</Text>
        <Button size="compact-sm" variant="subtle" onClick={onOther}>
          {say('otherArea')}
        </Button>
      </Group>
      <TextInput
        aria-label={say('findHall')}
        placeholder={say('findHall')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {data === undefined && <Skeleton height={120} />}
      {data !== undefined && found.length === 0 && (
        <Text size="sm" c="dimmed">
          {say('noHalls')}
        </Text>
      )}
      {found.slice(0, DRAWN_MOST).map((row) => (
        <HallLine key={row.device} row={row} chosen={chosen} onChoose={onChoose} />
      ))}
      {found.length > DRAWN_MOST && (
        <Text size="sm" c="dimmed">
          {say('more', { count: found.length - DRAWN_MOST })}
        </Text>
      )}
    </Stack>
  );
}

function HallLine({ row, chosen, onChoose }: { row: HallRow; chosen: Targets; onChoose: Props['onChoose'] }) {
  const say = useWords(TARGET_WORDS);
  const target = hallTarget(row.device);
  const covered = isCovered(chosen, row.village);
  const online = row.presence?.state === 'online';
  const Sign = online ? IconCircleCheck : IconCircleX;
  return (
    <Group justify="space-between" wrap="nowrap">
      <Checkbox
        label={row.name}
        description={row.device}
        checked={covered || chosen.includes(target)}
        disabled={covered}
        onChange={(event) => onChoose(withTarget(chosen, target, event.currentTarget.checked))}
      />
      <Group gap={4} wrap="nowrap" c={online ? 'green' : 'dimmed'}>
        <Sign size={14} aria-hidden />
        <Text span size="xs">
          {say(online ? 'online' : 'away')}
        </Text>
      </Group>
    </Group>
  );
}

function hallsWith(rows: readonly HallRow[], words: string): HallRow[] {
  const sought = words.trim().toLowerCase();
  return rows.filter(({ name, device, village }) =>
    [name.toLowerCase(), device, village].some((each) => each.includes(sought)),
  );
}
