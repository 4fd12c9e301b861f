import { Group, NumberInput, Radio, Select, Stack } from '@mantine/core';
import { useWords } from '../../words/language.ts';
import type { Entry } from '../plan-edit.ts';
import { ENTRY_WORDS } from './entry-words.ts';

const BANDS = [80, 40, 20] as const;

/** Who wins where two meet: the band, how late it may be, and what it does when it was cut. */
export function LawFields({ entry, onChange }: { entry: Entry; onChange: (entry: Entry) => void }) {
  const say = useWords(ENTRY_WORDS);
  return (
    <>
      <Radio.Group
        label={say('band')}
        value={String(entry.band)}
        onChange={(chosen) =>
          onChange({ ...entry, band: BANDS.find((band) => String(band) === chosen) ?? 40 })
        }
      >
        <Stack gap={6} mt={4}>
          {BANDS.map((band) => (
            <Radio key={band} value={String(band)} label={say(`band${band}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Group grow align="flex-start">
        <NumberInput
          label={say('grace')}
          min={0}
          max={3_600}
          value={entry.grace_s}
          onChange={(seconds) => onChange({ ...entry, grace_s: Number(seconds) || 0 })}
        />
        <Select
          label={say('whenCut')}
          allowDeselect={false}
          value={entry.when_cut}
          data={[
            { value: 'resume', label: say('resume') },
            { value: 'give-up', label: say('giveUp') },
          ]}
          onChange={(chosen) => onChange({ ...entry, when_cut: chosen === 'give-up' ? 'give-up' : 'resume' })}
        />
      </Group>
    </>
  );
}
