import { Group, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconBuildingMonument,
  IconDeviceTv,
  IconLock,
  IconPencil,
  IconSpeakerphone,
  IconUsers,
} from '@tabler/icons-react';
import { useWords } from '../../words/language.ts';
import { SCHEDULE_WORDS } from '../schedule-words.ts';
import type { Occurrences } from './blocks.ts';

interface Props {
  data: Occurrences;
  canEdit: boolean;
}

/** What colours and marks mean, how a finger moves things, and what of the quiet hours is not drawn. */
export function Legend({ data: { quiet, halls_untold, next, faults }, canEdit }: Props) {
  const hasFingers = useMediaQuery('(any-pointer: coarse)') ?? false;
  const say = useWords(SCHEDULE_WORDS);
  const [drawn, ...others] = quiet;
  const elsewhere = others.reduce((sum, { halls }) => sum + halls, 0);
  return (
    <>
      <Group gap="md" aria-label={say('legend')} role="group" className="plan-legend">
        <span>
          <IconSpeakerphone size={14} aria-hidden /> {say('tower')}
        </span>
        <span>
          <IconDeviceTv size={14} aria-hidden /> {say('panel')}
        </span>
        <span>
          <IconBuildingMonument size={14} aria-hidden /> {say('ceremony')}
        </span>
        <span>
          <IconLock size={14} aria-hidden /> {say('above')}
        </span>
        <span>
          <IconPencil size={14} aria-hidden /> {say('unpublished')}
        </span>
        <span>
          <IconUsers size={14} aria-hidden /> {say('slot')}
        </span>
        {drawn && drawn.windows.length > 0 && (
          <span>
            <i className="plan-quiet-sample" aria-hidden /> {say('quietOf', { count: drawn.halls })}
          </span>
        )}
      </Group>
      {hasFingers && canEdit && <Note words={say('grabFinger')} />}
      {elsewhere > 0 && <Note words={say('quietElse', { count: elsewhere })} />}
      {halls_untold > 0 && <Note words={say('untold', { count: halls_untold })} />}
      {next !== undefined && <Note words={say('truncated')} />}
      {faults.length > 0 && (
        <Note words={`${say('faults')}: ${faults.map(({ entry }) => entry).join(', ')}`} />
      )}
    </>
  );
}

const Note = ({ words }: { words: string }) => (
  <Text size="xs" c="dimmed">
    {words}
  </Text>
);
