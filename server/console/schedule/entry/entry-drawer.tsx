import { Button, Checkbox, Drawer, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ANNOUNCEMENT_LIMITS } from '../../../../firmware-protocol/content/announcement.ts';
import { durationMsOf } from '../../../../firmware-protocol/content/resolver.ts';
import { FailureNote } from '../../house/failure-note.tsx';
import { useKept } from '../../house/kept-input.ts';
import { SignPreview } from '../../signs/sign-preview.tsx';
import { lengthWords } from '../../time/thai-time.ts';
import { useWords } from '../../words/language.ts';
import { HeardHere } from '../hearing/heard-here.tsx';
import type { Entry } from '../plan-edit.ts';
import { type EntryForm, entryForm, entryIn, faultsOf, withPanel, withTower } from './entry-form.ts';
import { ENTRY_WORDS } from './entry-words.ts';
import { ExceptFields } from './except-fields.tsx';
import { LawFields } from './law-fields.tsx';
import { PageFields } from './page-fields.tsx';
import { RuleFields } from './rule-fields.tsx';
import { TowerFields } from './tower-fields.tsx';

interface Props {
  area: string;
  entry: Entry;
  isNew: boolean;
  /** The time that was clicked: it can be left out by itself. */
  start?: string;
  onSave: (entry: Entry) => Promise<void>;
  onRemove: () => Promise<void>;
  onSkip: (start: string) => Promise<void>;
  onClose: () => void;
}

/** All of an entry. What was typed and not saved is there again when the same entry is opened. */
export function EntryDrawer({ area, entry, isNew, onClose, ...acts }: Props) {
  const say = useWords(ENTRY_WORDS);
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={say(isNew ? 'newEntry' : 'editEntry')}>
      <EntryFields key={entry.id} {...{ area, entry, isNew, onClose }} {...acts} />
    </Drawer>
  );
}

function EntryFields({ area, entry, isNew, start, onSave, onRemove, onSkip, onClose }: Props) {
  const say = useWords(ENTRY_WORDS);
  // A new entry is kept under the place, not under its id, which is another one each time.
  const [kept, setKept, clear] = useKept<EntryForm | null>(
    `schedule.${area}.${isNew ? 'new' : entry.id}`,
    null,
  );
  const [form, setForm] = useState<EntryForm>(kept ?? entryForm(entry));
  const [wasKept, setWasKept] = useState(kept !== null);
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const change = (next: EntryForm) => {
    setForm(next);
    setKept(next);
  };
  const setSaid = (announcement: Entry['announcement']) =>
    change({ ...form, entry: { ...form.entry, announcement } });
  const faults = faultsOf(form);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
      clear();
      onClose();
    } catch (failed) {
      setError(failed);
      setBusy(false);
    }
  };
  const save = () => {
    setTried(true);
    if (faults.length === 0)
      void run(() => onSave(entryIn(isNew ? { ...form, entry: { ...form.entry, id: entry.id } } : form)));
  };
  const { announcement } = form.entry;
  const { tower, panel } = announcement;
  const ms = Math.max(durationMsOf(announcement, 'tower'), durationMsOf(announcement, 'panel'));
  return (
    <Stack>
      {wasKept && (
        <Group justify="space-between">
          <Text size="sm">{say('keptHere')}</Text>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              clear();
              setForm(entryForm(entry));
              setWasKept(false);
            }}
          >
            {say('startAnew')}
          </Button>
        </Group>
      )}
      <TextInput
        data-autofocus
        label={say('name')}
        placeholder={say('nameHelp')}
        required
        maxLength={ANNOUNCEMENT_LIMITS.titleChars}
        value={announcement.title}
        error={tried && faults.includes('title')}
        onChange={(event) => setSaid({ ...announcement, title: event.currentTarget.value })}
      />
      <RuleFields form={form.when} onChange={(when) => change({ ...form, when })} />
      <ExceptFields form={form} onChange={change} area={area} />
      <Group>
        <Text size="sm" fw={500}>
          {say('where')}
        </Text>
        <Checkbox
          label={say('tower')}
          checked={tower !== undefined}
          onChange={(event) => setSaid(withTower(announcement, event.currentTarget.checked))}
        />
        <Checkbox
          label={say('panel')}
          checked={panel !== undefined}
          onChange={(event) => setSaid(withPanel(announcement, event.currentTarget.checked))}
        />
        <Text size="sm" c="dimmed">
          {say('length', { length: lengthWords(ms) })}
        </Text>
      </Group>
      {tower && (
        <TowerFields
          tower={tower}
          text={panel?.pages.map(({ text }) => text).join('\n') || announcement.title}
          onChange={(changed) => setSaid({ ...announcement, tower: changed })}
        />
      )}
      {panel && (
        <PageFields panel={panel} onChange={(changed) => setSaid({ ...announcement, panel: changed })} />
      )}
      {panel?.pages.every(({ text }) => text.trim() !== '') && (
        <SignPreview
          shown={{
            to: [area],
            band: form.entry.band,
            announcement: { title: announcement.title || '-', panel },
          }}
        />
      )}
      <LawFields entry={form.entry} onChange={(changed) => change({ ...form, entry: changed })} />
      {tried && faults.includes('nothing') && <Text c="red">{say('nothingSaid')}</Text>}
      {!isNew && start !== undefined && <HeardHere area={area} from={start} />}
      <FailureNote error={error} />
      <Group justify="space-between">
        <Group gap="xs">
          {!isNew && (
            <Button variant="subtle" color="red" disabled={busy} onClick={() => void run(onRemove)}>
              {say('remove')}
            </Button>
          )}
          {!isNew && start !== undefined && entry.rule !== undefined && (
            <Button variant="default" disabled={busy} onClick={() => void run(() => onSkip(start))}>
              {say('skipThis')}
            </Button>
          )}
        </Group>
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            {say('cancel')}
          </Button>
          <Button loading={busy} onClick={save}>
            {say('save')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
