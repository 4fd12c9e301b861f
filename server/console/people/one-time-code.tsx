import { Button, Code, Modal, Stack, Text } from '@mantine/core';
import { timeWords } from '../time/thai-time.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { PEOPLE_WORDS } from './people-words.ts';

interface Props {
  user: string;
  code: string;
  until: string | undefined;
  onClose: () => void;
}

/** Shown once: the server keeps only its hash. */
export function OneTimeCode({ user, code, until, onClose }: Props) {
  const say = useWords(PEOPLE_WORDS);
  const lang = useLanguage();
  return (
    <Modal opened onClose={onClose} title={say('codeIs', { user })}>
      <Stack>
        <Code fz="xl" p="md" style={{ textAlign: 'center', userSelect: 'all' }}>
          {code}
        </Code>
        <Text size="sm">
          {say('codeWhy', { at: until === undefined ? '' : timeWords(until, 'moment', lang) })}
        </Text>
        <Button onClick={onClose}>{say('done')}</Button>
      </Stack>
    </Modal>
  );
}
