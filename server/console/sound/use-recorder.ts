import { useEffect, useRef, useState } from 'react';
import { CannotRecord, RECORD_MOST_SECONDS, Recorder } from './recorder.ts';
import type { Take } from './take.ts';

export type RecorderState =
  | { name: 'idle' | 'asking' }
  | { name: 'recording'; peak: number; seconds: number }
  | { name: 'taken'; take: Take }
  | { name: 'cannot'; fault: CannotRecord['fault'] };

/** The microphone as a page uses it: asked for, recording, taken. Leaving the page lets go of it. */
export function useRecorder() {
  const [state, setState] = useState<RecorderState>({ name: 'idle' });
  const recorder = useRef<Recorder>(undefined);
  const end = () => {
    const take = recorder.current?.end();
    recorder.current = undefined;
    setState(take === undefined || take.samples.length === 0 ? { name: 'idle' } : { name: 'taken', take });
  };
  useEffect(
    () => () => {
      recorder.current?.end();
    },
    [],
  );
  const begin = async () => {
    setState({ name: 'asking' });
    try {
      recorder.current = await Recorder.begin((peak, seconds) => {
        // What the microphone still sends while it is let go of is not shown.
        if (recorder.current === undefined) return;
        if (seconds >= RECORD_MOST_SECONDS) end();
        else setState({ name: 'recording', peak, seconds });
      });
      setState({ name: 'recording', peak: 0, seconds: 0 });
    } catch (error) {
      setState({ name: 'cannot', fault: error instanceof CannotRecord ? error.fault : 'noRecording' });
    }
  };
  return { state, begin, end, forget: () => setState({ name: 'idle' }) };
}
