import { Anchor, Code, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useAnswer } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { WARNING_WORDS } from './warning-words.ts';

/** The XML as it came, for whoever wants to see it. */
export function SourceDocument({ alert }: { alert: string }) {
  const say = useWords(WARNING_WORDS);
  const [opened, { open, close }] = useDisclosure(false);
  const { data } = useAnswer('alert', { alert }, { enabled: opened });
  return (
    <>
      <Anchor component="button" type="button" size="sm" ta="start" onClick={open}>
        {say('show')}
      </Anchor>
      <Modal opened={opened} onClose={close} title={say('document')} size="xl">
        <Code block tabIndex={0}>
          {data?.document ?? ''}
        </Code>
      </Modal>
    </>
  );
}
