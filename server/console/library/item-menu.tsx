import { ActionIcon, Button, Group, Menu, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconDots, IconDownload, IconPencil, IconShare, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { FailureNote } from '../house/failure-note.tsx';
import { Sure } from '../house/sure.tsx';
import type { LibraryItem } from '../media/use-library.ts';
import { useOrder } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { LIBRARY_WORDS } from './library-words.ts';

/** Of the contract's titles. */
const TITLE_MOST = 120;

type Asked = 'rename' | 'remove';

/** What may be done with a file; what cannot be undone asks first, and says why where it is not done. */
export function ItemMenu({ item }: { item: LibraryItem }) {
  const say = useWords(LIBRARY_WORDS);
  const { sha256, by, title, shared, may_change } = item;
  // What was asked stays while the dialog fades: it is never without its name.
  const [asked, setAsked] = useState<Asked>('rename');
  const [opened, dialog] = useDisclosure(false);
  const change = useOrder('library', ['library']);
  const close = () => {
    dialog.close();
    change.reset();
  };
  const ask = (what: Asked) => {
    setAsked(what);
    dialog.open();
  };
  const remove = () =>
    change.mutate(
      { sha256, by, change: 'remove' },
      {
        onSuccess: () => {
          close();
          notifications.show({ message: say('removed', { title }) });
        },
      },
    );
  const share = () => change.mutate({ sha256, by, change: shared ? 'unshare' : 'share' });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            size="lg"
            className="media-button"
            aria-label={say('actions', { title })}
          >
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component="a"
            href={`/media/${sha256}`}
            download={title}
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {say('download')}
          </Menu.Item>
          {may_change && (
            <>
              <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => ask('rename')}>
                {say('rename')}
              </Menu.Item>
              <Menu.Item leftSection={<IconShare size={16} aria-hidden />} onClick={share}>
                {say(shared ? 'unshare' : 'share')}
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => ask('remove')}
              >
                {say('remove')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={opened} onClose={close} title={say(asked)}>
        {asked === 'rename' && (
          <Rename
            title={title}
            error={change.error}
            busy={change.isPending}
            onCancel={close}
            onRename={(next) =>
              change.mutate({ sha256, by, change: 'rename', title: next }, { onSuccess: close })
            }
          />
        )}
        {asked === 'remove' && (
          <Sure
            question={say('removeSure', { title })}
            yes={say('remove')}
            no={say('cancel')}
            change={change}
            onYes={remove}
            onNo={close}
          />
        )}
      </Modal>
    </>
  );
}

function Rename({
  title,
  error,
  busy,
  onCancel,
  onRename,
}: {
  title: string;
  error: unknown;
  busy: boolean;
  onCancel: () => void;
  onRename: (title: string) => void;
}) {
  const say = useWords(LIBRARY_WORDS);
  const [next, setNext] = useState(title);
  const save = (event: FormEvent) => {
    event.preventDefault();
    onRename(next.trim());
  };
  return (
    <form onSubmit={save}>
      <Stack>
        <TextInput
          data-autofocus
          label={say('title')}
          maxLength={TITLE_MOST}
          required
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <FailureNote error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {say('cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={next.trim() === ''}>
            {say('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
