import { Button, FileButton, Group, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMusicPlus, IconPhotoPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { FailureNote } from '../house/failure-note.tsx';
import { uploadPicture, uploadSound } from '../media/upload.ts';
import { UploadProgress } from '../media/upload-progress.tsx';
import { useUpload } from '../media/use-upload.ts';
import { useWords } from '../words/language.ts';
import { LIBRARY_WORDS } from './library-words.ts';

/** Sound and pictures, from files. */
export function AddFiles() {
  const say = useWords(LIBRARY_WORDS);
  const queries = useQueryClient();
  const added = ({ title }: { title: string }) => {
    notifications.show({ message: say('added', { title }) });
    void queries.invalidateQueries({ queryKey: ['library'] });
  };
  const sound = useUpload(uploadSound, added);
  const picture = useUpload(uploadPicture, added);
  const underWay = sound.step === undefined ? picture : sound;
  if (underWay.step !== undefined) return <UploadProgress step={underWay.step} onCancel={underWay.cancel} />;
  return (
    <Stack gap="xs">
      <Group>
        <FileButton
          accept="audio/*"
          inputProps={{ 'aria-label': say('addSound') }}
          onChange={(file) => file !== null && void sound.send(file)}
        >
          {(props) => (
            <Button {...props} leftSection={<IconMusicPlus size={18} aria-hidden />}>
              {say('addSound')}
            </Button>
          )}
        </FileButton>
        <FileButton
          accept="image/png,image/jpeg,image/gif"
          inputProps={{ 'aria-label': say('addPicture') }}
          onChange={(file) => file !== null && void picture.send(file)}
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconPhotoPlus size={18} aria-hidden />}>
              {say('addPicture')}
            </Button>
          )}
        </FileButton>
      </Group>
      <FailureNote error={sound.error ?? picture.error} />
    </Stack>
  );
}
