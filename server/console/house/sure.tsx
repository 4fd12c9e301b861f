import { Button, Group, Stack, Text } from '@mantine/core';
import { FailureNote } from './failure-note.tsx';

interface Props {
  question: string;
  yes: string;
  no: string;
  /** What is under way, or failed. */
  change: { error: unknown; isPending: boolean };
  onYes: () => void;
  onNo: () => void;
}

/** What cannot be undone is asked once more; in a dialog whose title says what it is. */
export const Sure = ({ question, yes, no, change, onYes, onNo }: Props) => (
  <Stack>
    <Text>{question}</Text>
    <FailureNote error={change.error} />
    <Group justify="flex-end">
      <Button variant="default" onClick={onNo}>
        {no}
      </Button>
      <Button color="red" loading={change.isPending} onClick={onYes}>
        {yes}
      </Button>
    </Group>
  </Stack>
);
