import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useRight } from '../../door/use-session.tsx';
import { useWords } from '../../words/language.ts';
import { type AnnounceDraft, lacksOf } from '../announce-draft.ts';
import { SaveForm } from './save-form.tsx';
import { SAVED_WORDS } from './saved-words.ts';

/** Keeps what is written for the next time, without whom and when. */
export function SaveAs({ draft }: { draft: AnnounceDraft }) {
  const say = useWords(SAVED_WORDS);
  const maySpeak = useRight('speak');
  const [opened, { open, close }] = useDisclosure(false);
  const hasContent = lacksOf(draft).every((lack) => lack === 'to');
  if (!maySpeak) return null;
  return (
    <>
      <div>
        <Button
          variant="default"
          leftSection={<IconDeviceFloppy size={18} aria-hidden />}
          disabled={!hasContent}
          onClick={open}
        >
          {say('saveAs')}
        </Button>
      </div>
      <Modal opened={opened} onClose={close} title={say('saveAs')}>
        <SaveForm draft={draft} onDone={close} />
      </Modal>
    </>
  );
}
