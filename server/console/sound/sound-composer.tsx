import { Stack, Tabs, Text } from '@mantine/core';
import { useWords } from '../words/language.ts';
import { LibraryPanel } from './library-panel.tsx';
import { RecordPanel } from './record-panel.tsx';
import { SayPanel } from './say-panel.tsx';
import { SOUNDS_MOST, type Sound } from './sound.ts';
import './sound.css';
import { SoundList } from './sound-list.tsx';
import { SOUND_WORDS } from './sound-words.ts';
import { UploadPanel } from './upload-panel.tsx';

interface Props {
  sounds: readonly Sound[];
  onChange: (sounds: Sound[]) => void;
  /** The words of the sign, which may be read out. */
  text: string;
}

/** What a tower plays: recorded here, uploaded, taken from the library or said by a voice of the server. */
export function SoundComposer({ sounds, onChange, text }: Props) {
  const say = useWords(SOUND_WORDS);
  const add = (sound: Sound) => onChange([...sounds, sound]);
  return (
    <Stack gap="sm">
      <SoundList sounds={sounds} onChange={onChange} />
      {sounds.length >= SOUNDS_MOST ? (
        <Text size="sm">{say('full', { count: SOUNDS_MOST })}</Text>
      ) : (
        <Tabs defaultValue="record" keepMounted>
          <Tabs.List>
            {(['record', 'upload', 'library', 'say'] as const).map((way) => (
              <Tabs.Tab key={way} value={way}>
                {say(way)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="record" pt="sm">
            <RecordPanel onDone={add} />
          </Tabs.Panel>
          <Tabs.Panel value="upload" pt="sm">
            <UploadPanel onDone={add} />
          </Tabs.Panel>
          <Tabs.Panel value="library" pt="sm" keepMounted={false}>
            <LibraryPanel onDone={add} />
          </Tabs.Panel>
          <Tabs.Panel value="say" pt="sm">
            <SayPanel text={text} onDone={add} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Stack>
  );
}
