import { List, Stack, Text, Title } from '@mantine/core';
import { ruleWords } from '../../../firmware-protocol/content/spoken-rules/spoken-rule.ts';
import { useAreaName } from '../areas/use-area.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { APPROVAL_WORDS } from './approval-words.ts';
import type { Held } from './held-content.ts';

type Programme = NonNullable<Held['programme']>;
const CHANGES = ['added', 'changed', 'removed'] as const;

/** What becomes otherwise in a programme, entry by entry. */
export function ProgrammeToApprove({ programme }: { programme: Programme }) {
  const say = useWords(APPROVAL_WORDS);
  const area = useAreaName(programme.area);
  return (
    <Stack gap="xs">
      <Title order={3} size="h4">
        {programme.based_on === 0
          ? say('firstProgramme', { area })
          : say('programme', { area, version: programme.based_on })}
      </Title>
      {CHANGES.filter((change) => programme[change].length > 0).map((change) => (
        <div key={change}>
          <Text size="xs" c="dimmed">
            {say(change)}
          </Text>
          <List size="sm">
            {programme[change].map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </List>
        </div>
      ))}
    </Stack>
  );
}

function Entry({ entry }: { entry: Programme['added'][number] }) {
  const lang = useLanguage();
  return (
    <List.Item>
      {entry.title} · {ruleWords(entry.rule, entry.starts, lang)}
    </List.Item>
  );
}
