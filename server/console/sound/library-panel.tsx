import { LibraryChoice } from '../media/library-choice.tsx';
import { CannotListen } from './cannot-listen.tsx';
import { ListenButton } from './listen-button.tsx';
import type { Sound } from './sound.ts';
import { useListening } from './use-listening.ts';

/** Sound that is there already: heard, and taken. */
export function LibraryPanel({ onDone }: { onDone: (sound: Sound) => void }) {
  const listening = useListening();
  return (
    <>
      <LibraryChoice
        kinds={['sound', 'speech']}
        before={(item) => <ListenButton sound={item} listening={listening} />}
        onTake={({ sha256, title, ms = 0, loudness }) =>
          onDone({ sha256, title, ms, ...(loudness && { loudness_clufs: loudness.clufs }) })
        }
      />
      <CannotListen listening={listening} />
    </>
  );
}
