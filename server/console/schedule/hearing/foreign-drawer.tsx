import { Button, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { ruleWords } from '../../../../firmware-protocol/content/spoken-rules/spoken-rule.ts';
import { useListedName } from '../../areas/use-listed-area.ts';
import { lengthWords } from '../../time/thai-time.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { ENTRY_WORDS } from '../entry/entry-words.ts';
import { lengthMs, type PlannedRow } from '../grid/blocks.ts';
import { HeardHere } from './heard-here.tsx';

interface Props {
  /** Whose villages are asked about. */
  area: string;
  row: PlannedRow;
  /** The time that was clicked, `2026-11-30T06:30:00`. */
  start: string;
  onArea?: () => void;
  onExplain: () => void;
  onClose: () => void;
}

/** An entry of another area, or of what is published: to read. */
export function ForeignDrawer({ area, row, start, onArea, onExplain, onClose }: Props) {
  const say = useWords(ENTRY_WORDS);
  const language = useLanguage();
  const owner = useListedName(row.area);
  return (
    <Drawer opened onClose={onClose} position="right" size="md" title={say('entryOf', { area: owner })}>
      <Stack>
        <Title order={3}>{row.title}</Title>
        <Text>{ruleWords(row.rule, start, language)}</Text>
        <Text size="sm">
          {row.outputs.map((output) => say(output)).join(' · ')} ·{' '}
          {say('length', { length: lengthWords(lengthMs(row)) })}
        </Text>
        <Text size="sm">{say(row.band === 80 ? 'band80' : row.band === 20 ? 'band20' : 'band40')}</Text>
        <Text size="sm" c="dimmed">
          {say('readOnly', { area: owner })}
        </Text>
        <HeardHere area={area} from={start} />
        <Group>
          <Button onClick={onExplain}>{say('explain')}</Button>
          {onArea && (
            <Button variant="default" onClick={onArea}>
              {say('openThere', { area: owner })}
            </Button>
          )}
        </Group>
      </Stack>
    </Drawer>
  );
}
