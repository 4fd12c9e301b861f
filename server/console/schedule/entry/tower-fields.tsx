import { Group, NumberInput, Select, Stack } from '@mantine/core';
import { ANNOUNCEMENT_LIMITS, CHIME_MS } from '../../../../firmware-protocol/content/announcement.ts';
import { useWords } from '../../words/language.ts';
import type { Announcement } from './entry-form.ts';
import { ENTRY_WORDS } from './entry-words.ts';
import { SoundParts } from './sound-parts.tsx';

type Tower = NonNullable<Announcement['tower']>;
type Chime = Tower['chime'];
const CHIMES = Object.keys(CHIME_MS) as Chime[];
const STAGGERS = { usual: undefined, yes: true, no: false } as const;
type Stagger = keyof typeof STAGGERS;

interface Props {
  tower: Tower;
  /** What may be read out. */
  text: string;
  onChange: (tower: Tower) => void;
}

/** What the tower says: a chime, sound, how often, and whether neighbours begin together. */
export function TowerFields({ tower, text, onChange }: Props) {
  const say = useWords(ENTRY_WORDS);
  const staggered: Stagger = tower.staggered === undefined ? 'usual' : tower.staggered ? 'yes' : 'no';
  const stagger = (chosen: Stagger) => {
    const { staggered: _, ...rest } = tower;
    const value = STAGGERS[chosen];
    onChange(value === undefined ? rest : { ...rest, staggered: value });
  };
  return (
    <Stack gap="sm">
      <Group grow align="flex-start">
        <Select
          label={say('chime')}
          allowDeselect={false}
          value={tower.chime}
          data={CHIMES.map((value) => ({ value, label: say(value === 'none' ? 'noChime' : value) }))}
          onChange={(chosen) =>
            onChange({ ...tower, chime: CHIMES.find((each) => each === chosen) ?? 'ding' })
          }
        />
        <NumberInput
          label={say('sayTimes')}
          min={1}
          max={ANNOUNCEMENT_LIMITS.repeats}
          value={tower.times}
          onChange={(times) => onChange({ ...tower, times: Number(times) || 1 })}
        />
      </Group>
      <SoundParts parts={tower.parts} text={text} onChange={(parts) => onChange({ ...tower, parts })} />
      <Select
        label={say('stagger')}
        allowDeselect={false}
        value={staggered}
        data={[
          { value: 'usual', label: say('staggerUsual') },
          { value: 'yes', label: say('staggerYes') },
          { value: 'no', label: say('staggerNo') },
        ]}
        onChange={(chosen) => stagger(chosen === 'yes' || chosen === 'no' ? chosen : 'usual')}
      />
    </Stack>
  );
}
