import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconMicrophone, IconPlayerStopFilled } from '@tabler/icons-react';
import { useBlocker } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { FailureNote } from '../house/failure-note.tsx';
import { uploadSound } from '../media/upload.ts';
import { UploadProgress } from '../media/upload-progress.tsx';
import { useUpload } from '../media/use-upload.ts';
import { lengthWords, timeWords } from '../time/thai-time.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { LevelMeter } from './level-meter.tsx';
import { fileOfTake } from './prepare-take.ts';
import { RECORD_MOST_SECONDS } from './recorder.ts';
import { type Sound, soundOf } from './sound.ts';
import { SOUND_WORDS } from './sound-words.ts';
import { type Cut, partOf, secondsOf, type Take } from './take.ts';
import { UnsentList } from './unsent-list.tsx';
import { type RecorderState, useRecorder } from './use-recorder.ts';
import { useOwner, useUnsent } from './use-unsent.ts';

/** The drawing and its 40 KB come when there is something to draw. */
const TrimWave = lazy(async () => ({ default: (await import('./trim-wave.tsx')).TrimWave }));

/** Speak, cut, hear, and give it to the server, which makes of it what towers play. */
export function RecordPanel({ onDone }: { onDone: (sound: Sound) => void }) {
  const say = useWords(SOUND_WORDS);
  const { state, begin, end, forget, resume } = useRecorder(useOwner());
  const { unsent, again } = useUnsent(state.name === 'idle');
  const taken = state.name === 'taken' ? state.take : undefined;
  useBlocker({
    shouldBlockFn: () => !window.confirm(say('discard')),
    disabled: !isAtRisk(state),
    enableBeforeUnload: true,
  });
  if (taken !== undefined)
    return (
      <Taken
        take={taken}
        onAgain={forget}
        onDone={(sound) => {
          forget();
          onDone(sound);
        }}
      />
    );
  if (state.name === 'recording')
    return (
      <Stack gap="sm" align="flex-start">
        <Text className="tabular" fw={600} role="timer">
          {say('recording', { time: lengthWords(state.seconds * 1_000) })}
        </Text>
        <LevelMeter peak={state.peak} />
        <Button
          color="red"
          size="md"
          leftSection={<IconPlayerStopFilled size={18} aria-hidden />}
          onClick={end}
        >
          {say('stop')}
        </Button>
      </Stack>
    );
  return (
    <Stack gap="sm" align="flex-start">
      <Text size="sm" c="dimmed">
        {say('recordHint', { minutes: RECORD_MOST_SECONDS / 60 })}
      </Text>
      <Button
        size="md"
        loading={state.name === 'asking'}
        leftSection={<IconMicrophone size={18} aria-hidden />}
        onClick={begin}
      >
        {say('begin')}
      </Button>
      {state.name === 'idle' && (
        <UnsentList unsent={unsent} onResume={(row) => void resume(row)} onErased={again} />
      )}
      {state.name === 'cannot' && (
        <Text size="sm" c="var(--bad)" role="alert">
          {say(state.fault)}
        </Text>
      )}
    </Stack>
  );
}

/** Whether leaving would lose something: what is kept is offered again. */
const isAtRisk = (state: RecorderState): boolean =>
  state.name === 'recording' || (state.name === 'taken' && !state.isKept);

function Taken({
  take,
  onAgain,
  onDone,
}: {
  take: Take;
  onAgain: () => void;
  onDone: (sound: Sound) => void;
}) {
  const say = useWords(SOUND_WORDS);
  const lang = useLanguage();
  const [cut, setCut] = useState<Cut>({ from: 0, until: secondsOf(take) });
  const { step, error, send, cancel } = useUpload(uploadSound, (media) => onDone(soundOf(media)));
  const use = async () => {
    const name = say('takeName', { time: timeWords(Date.now(), 'moment', lang).replaceAll(':', '.') });
    await send(await fileOfTake(partOf(take, cut), name));
  };
  return (
    <Stack gap="sm">
      <Suspense fallback={<Skeleton height={170} />}>
        <TrimWave take={take} cut={cut} onCut={setCut} />
      </Suspense>
      <FailureNote error={error} />
      {step !== undefined && <UploadProgress step={step} onCancel={cancel} />}
      <Group>
        <Button onClick={use} disabled={step !== undefined}>
          {say('use')}
        </Button>
        <Button variant="default" onClick={onAgain} disabled={step !== undefined}>
          {say('again')}
        </Button>
      </Group>
    </Stack>
  );
}
