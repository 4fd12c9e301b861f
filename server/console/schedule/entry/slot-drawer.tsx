import { Button, Drawer, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { FailureNote } from '../../house/failure-note.tsx';
import { useWords } from '../../words/language.ts';
import type { Slot } from '../plan-edit.ts';
import { ENTRY_WORDS } from './entry-words.ts';
import { RuleFields } from './rule-fields.tsx';
import { formFault, formOf, ruleOf } from './rule-form.ts';

const LEVELS = ['village', 'tambon', 'district'] as const;

interface Props {
  slot: Slot;
  isNew: boolean;
  onSave: (slot: Slot) => Promise<void>;
  onRemove: () => Promise<void>;
  onClose: () => void;
}

/** Ten minutes each evening for the village heads. */
export function SlotDrawer({ slot, isNew, onSave, onRemove, onClose }: Props) {
  const say = useWords(ENTRY_WORDS);
  const [when, setWhen] = useState(formOf(slot.starts, slot.rule));
  const [{ minutes, level }, setRest] = useState(slot);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    await work().then(onClose, setError);
    setBusy(false);
  };
  return (
    <Drawer opened onClose={onClose} position="right" size="md" title={say(isNew ? 'newSlot' : 'editSlot')}>
      <Stack>
        <Text size="sm">{say('slotWhy')}</Text>
        <Group grow align="flex-start">
          <Select
            label={say('level')}
            allowDeselect={false}
            value={level}
            data={LEVELS.map((value) => ({ value, label: say(value) }))}
            onChange={(chosen) =>
              setRest({ ...slot, minutes, level: LEVELS.find((each) => each === chosen) ?? 'village' })
            }
          />
          <NumberInput
            label={say('minutes')}
            min={1}
            max={240}
            value={minutes}
            onChange={(value) => setRest({ ...slot, level, minutes: Number(value) || 10 })}
          />
        </Group>
        <RuleFields form={when} onChange={setWhen} />
        <FailureNote error={error} />
        <Group justify="space-between">
          {isNew ? (
            <span />
          ) : (
            <Button variant="subtle" color="red" disabled={busy} onClick={() => void run(onRemove)}>
              {say('removeSlot')}
            </Button>
          )}
          <Button
            loading={busy}
            disabled={formFault(when) !== undefined}
            onClick={() => void run(() => onSave({ id: slot.id, ...ruleOf(when), minutes, level }))}
          >
            {say('save')}
          </Button>
        </Group>
      </Stack>
    </Drawer>
  );
}
