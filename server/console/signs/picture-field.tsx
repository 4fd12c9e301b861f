import { Button, CloseButton, FileButton, Group, Input, Stack, Text } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { FailureNote } from '../house/failure-note.tsx';
import { LibraryChoice } from '../media/library-choice.tsx';
import { MEDIA_WORDS } from '../media/media-words.ts';
import { uploadPicture } from '../media/upload.ts';
import { UploadProgress } from '../media/upload-progress.tsx';
import { useUpload } from '../media/use-upload.ts';
import { useWords } from '../words/language.ts';
import { SIGN_WORDS } from './sign-words.ts';

/** A prepared picture, as a page keeps it. */
export interface SignPicture {
  sha256: string;
  title: string;
}

/** Bytes of an upload (HTTP wire, 1). */
const MOST_BYTES = 32 * 1024 * 1024;
const MEGABYTE = 1024 * 1024;

/** A picture beside the words of a sign: uploaded, and shown as it was prepared. */
export function PictureField({
  picture,
  disabled,
  onChange,
}: {
  picture: SignPicture | undefined;
  disabled: boolean;
  onChange: (picture: SignPicture | undefined) => void;
}) {
  const say = useWords(SIGN_WORDS);
  const sayOfMedia = useWords(MEDIA_WORDS);
  const { step, error, send, cancel } = useUpload(uploadPicture, ({ sha256, title }) =>
    onChange({ sha256, title }),
  );
  const [tooLarge, setTooLarge] = useState<string>();
  const [looking, setLooking] = useState(false);
  const megabytes = MOST_BYTES / MEGABYTE;
  const take = (file: File | null) => {
    if (file === null) return;
    setTooLarge(file.size > MOST_BYTES ? file.name : undefined);
    if (file.size <= MOST_BYTES) void send(file);
  };
  return (
    <Input.Wrapper label={say('picture')} labelElement="div" description={say('pictureHint', { megabytes })}>
      <Stack gap="xs" mt={6}>
        {picture !== undefined && (
          <Group gap="xs" wrap="nowrap">
            <img src={`/media/${picture.sha256}`} alt={picture.title} height={56} />
            <Text size="sm">{picture.title}</Text>
            <CloseButton
              size="lg"
              aria-label={say('removePicture', { title: picture.title })}
              onClick={() => onChange(undefined)}
            />
          </Group>
        )}
        {step !== undefined && <UploadProgress step={step} onCancel={cancel} />}
        {picture === undefined && step === undefined && (
          <Group>
            <FileButton
              onChange={take}
              accept="image/png,image/jpeg,image/gif"
              disabled={disabled}
              inputProps={{ 'aria-label': say('choosePicture') }}
            >
              {(props) => (
                <Button
                  {...props}
                  variant="default"
                  disabled={disabled}
                  leftSection={<IconPhoto size={18} aria-hidden />}
                >
                  {say('choosePicture')}
                </Button>
              )}
            </FileButton>
            <Button variant="subtle" disabled={disabled} onClick={() => setLooking(!looking)}>
              {say('fromLibrary')}
            </Button>
          </Group>
        )}
        {picture === undefined && looking && !disabled && (
          <LibraryChoice
            kinds={['picture']}
            before={({ sha256 }) => <img className="media-thumb" src={`/media/${sha256}`} alt="" />}
            onTake={({ sha256, title }) => onChange({ sha256, title })}
          />
        )}
        {tooLarge !== undefined && (
          <Text size="sm" c="var(--bad)" role="alert">
            {sayOfMedia('tooLarge', { name: tooLarge, megabytes })}
          </Text>
        )}
        <FailureNote error={error} />
      </Stack>
    </Input.Wrapper>
  );
}
