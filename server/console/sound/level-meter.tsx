import { Group, Text } from '@mantine/core';
import { useWords } from '../words/language.ts';
import { dbfsOf, FLOOR_DBFS, LOUD_DBFS, QUIET_DBFS, verdictOf } from './level.ts';
import { SOUND_WORDS } from './sound-words.ts';

/** How loud the microphone is now, as a bar and in a word. */
export function LevelMeter({ peak }: { peak: number }) {
  const say = useWords(SOUND_WORDS);
  const dbfs = dbfsOf(peak);
  const verdict = verdictOf(dbfs);
  return (
    <Group gap="sm" wrap="nowrap" w="100%" maw={520}>
      <meter
        className="level-meter"
        aria-label={say('level')}
        aria-valuetext={say(verdict)}
        min={FLOOR_DBFS}
        low={QUIET_DBFS}
        optimum={(QUIET_DBFS + LOUD_DBFS) / 2}
        high={LOUD_DBFS}
        max={0}
        value={dbfs}
      />
      <Text size="sm" w={200}>
        {say(verdict)}
      </Text>
    </Group>
  );
}
