import { Button, Group, SegmentedControl, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { FailureNote } from '../house/failure-note.tsx';
import { lengthWords, timeWords } from '../time/thai-time.ts';
import { useLanguage, useWords } from '../words/language.ts';
import './media.css';
import { MEDIA_WORDS } from './media-words.ts';
import { type LibraryItem, type LibraryKind, useLibrary } from './use-library.ts';

/** What is shown at once; typing finds the rest. */
const SHOWN = 8;

interface Props {
  /** Offered; the first is shown first. */
  kinds: readonly [LibraryKind, ...LibraryKind[]];
  onTake: (item: LibraryItem) => void;
  /** What stands before the title: a picture, a button to listen. */
  before: (item: LibraryItem) => ReactNode;
}

/** Something of the library, found by its title. */
export function LibraryChoice({ kinds, onTake, before }: Props) {
  const say = useWords(MEDIA_WORDS);
  const [kind, setKind] = useState<LibraryKind>(kinds[0]);
  const [search, setSearch] = useState('');
  const [limit, setLimit] = useState(SHOWN);
  const { data, error } = useLibrary({ kind, search, limit });
  return (
    <Stack gap="sm">
      {kinds.length > 1 && (
        <SegmentedControl
          aria-label={say('kind')}
          value={kind}
          onChange={(value) => setKind(kinds.find((each) => each === value) ?? kinds[0])}
          data={kinds.map((each) => ({ value: each, label: say(each) }))}
        />
      )}
      <TextInput
        aria-label={say('find')}
        placeholder={say('find')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <FailureNote error={error} />
      {data === undefined && error === null && <Skeleton height={120} />}
      {data?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          {say('none')}
        </Text>
      )}
      <Stack component="ul" gap={4} className="media-list" aria-label={say(kind)}>
        {data?.items.map((item) => (
          <Choice key={`${item.sha256} ${item.by}`} item={item} onTake={onTake} before={before} />
        ))}
      </Stack>
      {data?.next !== undefined && (
        <Button size="compact-sm" variant="subtle" onClick={() => setLimit(limit + SHOWN)}>
          {say('more')}
        </Button>
      )}
    </Stack>
  );
}

function Choice({ item, onTake, before }: { item: LibraryItem } & Pick<Props, 'onTake' | 'before'>) {
  const say = useWords(MEDIA_WORDS);
  const lang = useLanguage();
  const { title, by, at, ms } = item;
  return (
    <Group component="li" gap="xs" wrap="nowrap">
      {before(item)}
      <div className="media-title">
        <Text size="sm">{title}</Text>
        <Text size="xs" c="dimmed">
          {say('byAt', { by, at: timeWords(at, 'day', lang) })}
        </Text>
      </div>
      {ms !== undefined && (
        <Text size="sm" c="dimmed" className="tabular">
          {lengthWords(ms)}
        </Text>
      )}
      <Button
        size="compact-sm"
        variant="light"
        className="media-take"
        aria-label={say('take', { title })}
        onClick={() => onTake(item)}
      >
        {say('takeShort')}
      </Button>
    </Group>
  );
}
