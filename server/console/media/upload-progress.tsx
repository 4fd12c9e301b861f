import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useWords } from '../words/language.ts';
import { MEDIA_WORDS } from './media-words.ts';
import type { UploadStep } from './upload.ts';

export function UploadProgress({
  step: { step, share },
  onCancel,
}: {
  step: UploadStep;
  onCancel: () => void;
}) {
  const say = useWords(MEDIA_WORDS);
  const percent = Math.round(share * 100);
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" className="tabular" role="status">
          {say(step, { percent })}
        </Text>
        <Button size="compact-sm" variant="subtle" onClick={onCancel}>
          {say('cancel')}
        </Button>
      </Group>
      <Progress value={percent} aria-label={say('progress')} />
    </Stack>
  );
}
