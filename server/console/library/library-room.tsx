import { Button, Checkbox, Group, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRight, useSession } from '../door/use-session.tsx';
import { FailureNote } from '../house/failure-note.tsx';
import { RoomTitle } from '../house/room-title.tsx';
import { SearchBox } from '../house/search-box.tsx';
import { MEDIA_WORDS } from '../media/media-words.ts';
import { useLibrary } from '../media/use-library.ts';
import { CannotListen } from '../sound/cannot-listen.tsx';
import { useListening } from '../sound/use-listening.ts';
import { useWords } from '../words/language.ts';
import { AddFiles } from './add-files.tsx';
import { ItemCard } from './item-card.tsx';
import { KINDS, type LibrarySearch, readLibrary, requestOf, writeLibrary } from './library-search.ts';
import { LIBRARY_WORDS } from './library-words.ts';

/** All sound and pictures of the account's areas: found, heard, renamed, shared, taken away. */
export default function LibraryRoom() {
  const say = useWords(LIBRARY_WORDS);
  const { user } = useSession();
  const maySpeak = useRight('speak');
  const navigate = useNavigate();
  const search = readLibrary(useSearch({ strict: false }));
  const { data, error } = useLibrary({ ...requestOf(search, user), search: search.q });
  const listening = useListening();
  const change = (part: Partial<LibrarySearch>) =>
    void navigate({
      to: '/library',
      search: writeLibrary({ ...search, after: undefined, ...part }) as never,
      replace: part.after === undefined,
    });
  const isNarrowed = search.q !== '' || search.kind !== undefined || search.unused || search.mine;
  return (
    <Stack>
      <Group justify="space-between" align="flex-start">
        <div>
          <RoomTitle>{say('heading')}</RoomTitle>
          <Text c="dimmed">{say('intro')}</Text>
        </div>
        {maySpeak && <AddFiles />}
      </Group>
      <Filters search={search} onChange={change} />
      <FailureNote error={error} />
      <CannotListen listening={listening} />
      {data === undefined && error === null && <Skeleton height={300} />}
      {data?.items.length === 0 && <Text c="dimmed">{say(isNarrowed ? 'noneFound' : 'none')}</Text>}
      {data?.items.map((item) => (
        <ItemCard key={`${item.sha256} ${item.by}`} item={item} listening={listening} />
      ))}
      <Group>
        {search.after !== undefined && (
          <Button variant="default" onClick={() => change({})}>
            {say('newest')}
          </Button>
        )}
        {data?.next !== undefined && (
          <Button variant="default" onClick={() => change({ after: data.next })}>
            {say('older')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Filters({
  search,
  onChange,
}: {
  search: LibrarySearch;
  onChange: (part: Partial<LibrarySearch>) => void;
}) {
  const say = useWords(LIBRARY_WORDS);
  const sayOfMedia = useWords(MEDIA_WORDS);
  return (
    <Group>
      <SearchBox label={sayOfMedia('find')} value={search.q} onChange={(q) => onChange({ q })} />
      <SegmentedControl
        aria-label={say('kind')}
        value={search.kind ?? 'all'}
        onChange={(value) => onChange({ kind: KINDS.find((kind) => kind === value) })}
        data={(['all', ...KINDS] as const).map((kind) => ({ value: kind, label: say(kind) }))}
      />
      <Checkbox
        label={say('unused')}
        checked={search.unused}
        onChange={(event) => onChange({ unused: event.currentTarget.checked })}
      />
      <Checkbox
        label={say('mine')}
        checked={search.mine}
        onChange={(event) => onChange({ mine: event.currentTarget.checked })}
      />
    </Group>
  );
}
