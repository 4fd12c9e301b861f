import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import type { AreaCode } from '../../../../firmware-protocol/content/area.ts';
import { ulidOf } from '../../../../firmware-protocol/content/ulid.ts';
import { useAreaName } from '../../areas/use-area.ts';
import { serverNow } from '../../door/session.ts';
import { useSession } from '../../door/use-session.tsx';
import { FailureNote } from '../../house/failure-note.tsx';
import { isArea } from '../../targets/target-set.ts';
import { useOrder } from '../../wire/use-wire.tsx';
import { useWords } from '../../words/language.ts';
import { type AnnounceDraft, saidOf } from '../announce-draft.ts';
import { SAVED_WORDS } from './saved-words.ts';
import { useSaved } from './use-saved.ts';

/** Of the contract's titles. */
const TITLE_MOST = 120;

/** Under which title and for which area it is saved; one of the same title there is replaced, and this is said before. */
export function SaveForm({ draft, onDone }: { draft: AnnounceDraft; onDone: () => void }) {
  const say = useWords(SAVED_WORDS);
  const session = useSession();
  const save = useOrder('templates', ['templates', 'library']);
  const areas = [...new Set([...session.areas, ...draft.to.filter(isArea)])];
  const [area, setArea] = useState<AreaCode>(areas[0] ?? 'th');
  const [title, setTitle] = useState(draft.title.trim() || firstLineOf(draft.text));
  const name = title.trim();
  const { data } = useSaved();
  const older = data?.templates.find((each) => each.area === area && each.title === name && each.may_change);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const template = older?.template ?? newId(serverNow(session));
    save.mutate(
      { change: 'put', area, template, use: 'saved', title: name, push: saidOf(draft) },
      {
        onSuccess: () => {
          notifications.show({ message: say('saved', { title: name }) });
          onDone();
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          data-autofocus
          label={say('title')}
          maxLength={TITLE_MOST}
          required
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Radio.Group label={say('whose')} description={say('whoseHint')} value={area} onChange={setArea}>
          <Stack gap={6} mt={6}>
            {areas.map((each) => (
              <AreaRadio key={each} area={each} />
            ))}
          </Stack>
        </Radio.Group>
        {older !== undefined && (
          <Text size="sm" c="var(--poor)" role="status">
            {say('replaces')}
          </Text>
        )}
        <FailureNote error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {say('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={name === ''}>
            {say(older === undefined ? 'save' : 'replace')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const AreaRadio = ({ area }: { area: AreaCode }) => <Radio value={area} label={useAreaName(area)} />;

/** A longer one is no title, and is not cut within a word. */
function firstLineOf(text: string): string {
  const [line = ''] = text.trim().split('\n');
  return line.length > TITLE_MOST ? '' : line;
}

/** A title is Thai and may change; the id never does. */
const newId = (now: number): string =>
  `saved-${ulidOf(now, crypto.getRandomValues(new Uint8Array(16))).toLowerCase()}`;
