import { Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { serverNow } from '../door/session.ts';
import { useSession } from '../door/use-session.tsx';
import { timeWords } from '../time/thai-time.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { startOf, WAITS_MINUTES } from './announce-draft.ts';
import type { FieldsProps } from './content-fields.tsx';
import { PUSH_WORDS } from './push-words.ts';

/** Soon, and easy to change. */
const FIRST_OFFER = '18:00';

/** Now, or at the next time that the clock shows this; said with its day, so that nobody means another one. */
export function WhenFields({ draft, onChange }: FieldsProps) {
  const say = useWords(PUSH_WORDS);
  const lang = useLanguage();
  const session = useSession();
  const start = startOf(draft.at, serverNow(session));
  return (
    <Stack gap="sm">
      <Group align="flex-end">
        <SegmentedControl
          aria-label={say('step3')}
          value={draft.at === '' ? 'now' : 'later'}
          onChange={(when) => onChange({ at: when === 'now' ? '' : FIRST_OFFER })}
          data={(['now', 'later'] as const).map((when) => ({ value: when, label: say(when) }))}
        />
        {draft.at !== '' && (
          <TextInput
            type="time"
            label={say('at')}
            w={140}
            value={draft.at}
            onChange={(event) => event.currentTarget.value && onChange({ at: event.currentTarget.value })}
          />
        )}
        {start !== undefined && (
          <Text size="sm">{say('startsAt', { time: timeWords(start, 'moment', lang) })}</Text>
        )}
      </Group>
      <Select
        label={say('wait')}
        w={260}
        allowDeselect={false}
        value={String(draft.waitMinutes)}
        onChange={(minutes) => onChange({ waitMinutes: Number(minutes) })}
        data={WAITS_MINUTES.map((minutes) => ({
          value: String(minutes),
          label: minutes < 60 ? say('minutes', { count: minutes }) : say('hours', { count: minutes / 60 }),
        }))}
      />
    </Stack>
  );
}
