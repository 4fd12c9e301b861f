import { Skeleton, Stack, Text } from '@mantine/core';
import { useAnswer } from '../../wire/use-wire.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { HeardLines } from './heard-line.tsx';
import { HEARING_WORDS } from './hearing-words.ts';

/** As far as one looks from a place of the calendar. */
const MINUTES = 15;
/** What fits beside the calendar; the drawer has all. */
const LINES = 5;

/** What most villages hear from a moment on, what lost then, and why: told at the place itself. `from` is a local time, `2026-11-30T06:30:00`. */
export function HeardHere({ area, from }: { area: string; from: string }) {
  const say = useWords(HEARING_WORDS);
  const language = useLanguage();
  // To ask 75,000 villages is long work: of the nation, only who opens the drawer does.
  const isAsked = area !== 'th';
  const { data, error } = useAnswer(
    'hearing',
    { area, from: `${from}+07:00`, minutes: MINUTES },
    { enabled: isAsked },
  );
  // It is told beside other things, which are not to fail with it.
  if (!isAsked || error !== null) return null;
  if (data === undefined) return <Skeleton height={40} />;
  const [most, ...others] = data.groups;
  const lines = most?.plan ?? [];
  return (
    <Stack gap={4} role="status">
      <Text size="xs" c="dimmed">
        {say('hereAsPublished')}
      </Text>
      {lines.length === 0 ? (
        <Text size="sm">{say('nothing')}</Text>
      ) : (
        <HeardLines lines={lines.slice(0, LINES)} />
      )}
      {lines.length > LINES && <Text size="xs">{say('leftOut', { count: lines.length - LINES })}</Text>}
      {others.map(
        ({ differs, villages, who }) =>
          differs && (
            <Text key={who[0]} size="xs">
              {say('elsewhere', { count: villages, differs: differs[language] })}
            </Text>
          ),
      )}
    </Stack>
  );
}
