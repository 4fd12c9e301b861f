import { Group, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconClock, IconCut } from '@tabler/icons-react';
import type { AnswerTo } from '../../../../firmware-protocol/mqtt/requests.ts';
import { useListedName } from '../../areas/use-listed-area.ts';
import { exactSpanWords, timeWords } from '../../time/thai-time.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { HEARING_WORDS } from './hearing-words.ts';

export type Heard = AnswerTo<'hearing'>['groups'][number]['plan'][number];

const VERDICTS = {
  plays: { icon: IconCircleCheck, color: 'green' },
  waits: { icon: IconClock, color: 'yellow' },
  cut: { icon: IconCut, color: 'orange' },
  loses: { icon: IconCircleX, color: 'red' },
} as const;

/** As planned, with nothing that stood against it or gave way to it. */
export const isAsPlanned = ({ verdict, because }: Heard): boolean => verdict === 'plays' && because === 'due';

/** What one output does with one time of an entry, and why. */
export function HeardLine({ line, withDay = false }: { line: Heard; withDay?: boolean }) {
  const say = useWords(HEARING_WORDS);
  const language = useLanguage();
  const area = useListedName(line.area);
  const { icon: Sign, color } = VERDICTS[line.verdict];
  const isHeard = line.verdict !== 'loses';
  return (
    <li>
      <Group gap={8} wrap="nowrap" align="flex-start">
        <Sign
          size={18}
          color={`var(--mantine-color-${color}-text)`}
          style={{ flex: 'none', marginTop: 3 }}
          aria-hidden
        />
        <div>
          <Text size="sm">
            <span className="plan-time">
              {withDay && `${timeWords(line.starts, 'weekdayShortDay', language)} `}
              {exactSpanWords(line.starts, isHeard ? line.ends : line.starts, language)}
            </span>{' '}
            {say(line.output)} · <strong>{line.title}</strong> ({area})
          </Text>
          <Text size="sm" c="dimmed">
            {say(line.verdict)}: {line.why?.[language] ?? line.because}
          </Text>
        </div>
      </Group>
    </li>
  );
}

/** Lines below each other, as a list. */
export function HeardLines({ lines, withDay = false }: { lines: readonly Heard[]; withDay?: boolean }) {
  return (
    <ul className="plan-heard">
      {lines.map((line) => (
        <HeardLine key={`${line.play} ${line.output} ${line.starts}`} {...{ line, withDay }} />
      ))}
    </ul>
  );
}
