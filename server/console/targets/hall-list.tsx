import { Checkbox, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCircleCheck, IconCircleX, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { useAnswer } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { hallTarget, isCovered, type Targets, withTarget } from './target-set.ts';
import { TARGET_WORDS } from './target-words.ts';

type HallRow = AnswerTo<'halls'>['halls'][number];
type Places = AnswerTo<'halls'>['places'];

/** What is drawn at once; typing finds the rest. */
const DRAWN_MOST = 50;
/** Between two letters of somebody who types. */
const TYPING_MS = 250;

interface Props {
  chosen: Targets;
  onChoose: (targets: string[]) => void;
}

/** Single halls of the account's areas, found by the name of hall, tambon, district or province, by id or code. */
export function HallList({ chosen, onChoose }: Props) {
  const say = useWords(TARGET_WORDS);
  const [words, setWords] = useState('');
  const [search] = useDebouncedValue(words.trim(), TYPING_MS);
  const { data } = useAnswer(
    'halls',
    { limit: DRAWN_MOST, ...(search !== '' && { search }) },
    { keep: true },
  );
  return (
    <Stack gap="xs">
      <TextInput
        aria-label={say('findHall')}
        placeholder={say('findHall')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {data === undefined && <Skeleton height={120} />}
      {data?.total === 0 && (
        <Text size="sm" c="dimmed">
          {say('noHalls')}
        </Text>
      )}
      {data?.halls.map((row) => (
        <HallLine key={row.device} row={row} places={data.places} chosen={chosen} onChoose={onChoose} />
      ))}
      {data !== undefined && data.total > DRAWN_MOST && (
        <Text size="sm" c="dimmed">
          {say('more', { count: data.total - DRAWN_MOST })}
        </Text>
      )}
    </Stack>
  );
}

function HallLine({ row, places, chosen, onChoose }: Props & { row: HallRow; places: Places }) {
  const say = useWords(TARGET_WORDS);
  const lang = useLanguage();
  const target = hallTarget(row.device);
  const covered = isCovered(chosen, row.village);
  const online = row.presence === 'online';
  const Sign = online ? IconCircleCheck : IconCircleX;
  const around = [6, 4].flatMap((digits) => {
    const place = places.find(({ area }) => area === row.village.slice(0, digits));
    return place === undefined ? [] : [place[lang]];
  });
  return (
    <Group justify="space-between" wrap="nowrap">
      <Checkbox
        label={row.name}
        description={[...around, row.device].join(' ')}
        checked={covered || chosen.includes(target)}
        disabled={covered}
        onChange={(event) => onChoose(withTarget(chosen, target, event.currentTarget.checked))}
      />
      <Group gap={4} wrap="nowrap" c={online ? 'var(--good)' : 'dimmed'}>
        <Sign size={14} aria-hidden />
        <Text span size="xs">
          {say(online ? 'online' : 'away')}
        </Text>
      </Group>
    </Group>
  );
}
