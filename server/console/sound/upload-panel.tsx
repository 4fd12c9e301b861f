import { Box, Button, FileButton, Stack, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { FailureNote } from '../house/failure-note.tsx';
import { MEDIA_WORDS } from '../media/media-words.ts';
import { uploadSound } from '../media/upload.ts';
import { UploadProgress } from '../media/upload-progress.tsx';
import { useUpload } from '../media/use-upload.ts';
import { useWords } from '../words/language.ts';
import { type Sound, soundOf } from './sound.ts';
import { SOUND_WORDS } from './sound-words.ts';

/** Bytes of an upload (HTTP wire, 1). */
const MOST_BYTES = 256 * 1024 * 1024;
const MEGABYTE = 1024 * 1024;

/** A sound file, dropped or chosen. What it is, the server finds out by its bytes. */
export function UploadPanel({ onDone }: { onDone: (sound: Sound) => void }) {
  const say = useWords(SOUND_WORDS);
  const sayOfMedia = useWords(MEDIA_WORDS);
  const { step, error, send, cancel } = useUpload(uploadSound, (media) => onDone(soundOf(media)));
  const [over, setOver] = useState(false);
  const [tooLarge, setTooLarge] = useState<string>();
  const megabytes = MOST_BYTES / MEGABYTE;

  const take = (file: File | null | undefined) => {
    if (file === null || file === undefined) return;
    setTooLarge(file.size > MOST_BYTES ? file.name : undefined);
    if (file.size <= MOST_BYTES) void send(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  if (step !== undefined) return <UploadProgress step={step} onCancel={cancel} />;
  return (
    <Stack gap="sm">
      <Box
        className="sound-drop"
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconUpload size={28} aria-hidden />
        <Text size="sm">{say('drop')}</Text>
        <FileButton onChange={take} accept="audio/*" inputProps={{ 'aria-label': say('choose') }}>
          {(props) => (
            <Button {...props} variant="default">
              {say('choose')}
            </Button>
          )}
        </FileButton>
        <Text size="xs" c="dimmed">
          {say('uploadHint', { megabytes })}
        </Text>
      </Box>
      {tooLarge !== undefined && (
        <Text size="sm" c="var(--bad)" role="alert">
          {sayOfMedia('tooLarge', { name: tooLarge, megabytes })}
        </Text>
      )}
      <FailureNote error={error} />
    </Stack>
  );
}
