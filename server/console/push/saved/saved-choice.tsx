import { Loader, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAreaName } from '../../areas/use-area.ts';
import { FailureNote } from '../../house/failure-note.tsx';
import { useWords } from '../../words/language.ts';
import type { AnnounceDraft } from '../announce-draft.ts';
import { draftWith, fitsForm, isBegun, keyOf, type Saved } from './saved-draft.ts';
import { SavedTaken } from './saved-taken.tsx';
import { SAVED_WORDS } from './saved-words.ts';
import { useSaved } from './use-saved.ts';
import { useTaking } from './use-taking.ts';

interface Props {
  draft: AnnounceDraft;
  onTake: (next: (draft: AnnounceDraft) => AnnounceDraft) => void;
}

/** What was announced before and is announced again: found by its title, filled in, and changed as one likes. */
export function SavedChoice({ draft, onTake }: Props) {
  const say = useWords(SAVED_WORDS);
  const { data, error } = useSaved();
  const taking = useTaking();
  const [before, setBefore] = useState<AnnounceDraft>();
  const all = data?.templates ?? [];
  const offered = all.filter(fitsForm);
  const take = (key: string | null) => {
    const saved = offered.find((each) => keyOf(each) === key);
    if (saved === undefined) return;
    setBefore(isBegun(draft) ? draft : undefined);
    taking.mutate(saved, { onSuccess: (brought) => onTake((now) => draftWith(now, saved, brought)) });
  };
  const giveBack = (written: AnnounceDraft) => {
    onTake(({ to, at }) => ({ ...written, to, at }));
    taking.reset();
  };
  if (error === null && all.length === 0) return null;
  return (
    <Stack gap="xs">
      <FailureNote error={error ?? taking.error} />
      {offered.length > 0 && (
        <Select
          label={say('use')}
          placeholder={say('find')}
          nothingFoundMessage={say('none')}
          searchable
          value={null}
          onChange={take}
          disabled={taking.isPending}
          rightSection={taking.isPending ? <Loader size="xs" /> : undefined}
          data={offered.map((each) => ({ value: keyOf(each), label: each.title }))}
          renderOption={({ option }) => (
            <Option saved={offered.find((each) => keyOf(each) === option.value)} />
          )}
        />
      )}
      {offered.length < all.length && (
        <Text size="xs" c="dimmed">
          {say('elsewhere', { count: all.length - offered.length })}
        </Text>
      )}
      {taking.data !== undefined && (
        <SavedTaken
          saved={taking.data.saved}
          isUnsaid={taking.data.isUnsaid}
          onGone={taking.reset}
          {...(before && { onGiveBack: () => giveBack(before) })}
        />
      )}
    </Stack>
  );
}

function Option({ saved }: { saved: Saved | undefined }) {
  const say = useWords(SAVED_WORDS);
  const area = useAreaName(saved?.area ?? 'th');
  if (saved === undefined) return null;
  return (
    <div>
      <Text size="sm">{saved.title}</Text>
      <Text size="xs" c="dimmed">
        {say('by', { area, by: saved.by })}
      </Text>
    </div>
  );
}
