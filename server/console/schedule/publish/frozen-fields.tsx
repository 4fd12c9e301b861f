import { Alert, Checkbox, List, Stack, TextInput } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { timeWords } from '../../time/thai-time.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { PUBLISH_WORDS } from './publish-words.ts';

/** As far as the wire takes it. */
const WHY_CHARS = 300;

interface Props {
  /** `43/news/2026-11-13T18:30:00+07:00`: what begins within minutes and becomes otherwise. */
  frozen: readonly string[];
  /** Titles by the ids of entries. */
  titles: ReadonlyMap<string, string>;
  isAccepted: boolean;
  why: string;
  onAccept: (accepted: boolean) => void;
  onWhy: (why: string) => void;
}

/** What is about to be heard is changed only by who says so, and why: somebody may stand and wait for it already. */
export function FrozenFields({ frozen, titles, isAccepted, why, onAccept, onWhy }: Props) {
  const say = useWords(PUBLISH_WORDS);
  const language = useLanguage();
  return (
    <Alert
      color="orange"
      icon={<IconClockExclamation aria-hidden />}
      title={say('frozen', { count: frozen.length })}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <Stack gap="xs">
        <List size="sm">
          {frozen.map((id) => {
            const [, entry = '', starts = ''] = id.split('/');
            return (
              <List.Item key={id}>
                {timeWords(starts, 'moment', language)} · {titles.get(entry) ?? entry}
              </List.Item>
            );
          })}
        </List>
        <Checkbox
          label={say('acceptFrozen')}
          checked={isAccepted}
          onChange={(event) => onAccept(event.currentTarget.checked)}
        />
        {isAccepted && (
          <TextInput
            label={say('whyFrozen')}
            description={say('whyHelp')}
            required
            maxLength={WHY_CHARS}
            value={why}
            onChange={(event) => onWhy(event.currentTarget.value)}
          />
        )}
      </Stack>
    </Alert>
  );
}
