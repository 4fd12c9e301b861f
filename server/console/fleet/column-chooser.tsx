import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useWords } from '../words/language.ts';
import { FLEET_WORDS } from './fleet-words.ts';
import { HALL_COLUMNS } from './hall-columns.tsx';

interface Props {
  shown: readonly string[];
  onChange: (shown: string[]) => void;
}

/** Which columns the list has; those without which a row says nothing stay. */
export function ColumnChooser({ shown, onChange }: Props) {
  const say = useWords(FLEET_WORDS);
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />}>
          {say('columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          {HALL_COLUMNS.map(({ id, word, shown: when }) => (
            <Checkbox
              key={id}
              label={say(word)}
              checked={shown.includes(id)}
              disabled={when === 'always'}
              onChange={({ currentTarget: { checked } }) =>
                onChange(checked ? [...shown, id] : shown.filter((each) => each !== id))
              }
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
