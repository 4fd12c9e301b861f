import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Keeping } from '../media/keeping.ts';
import type { Owner, RecordingRow } from '../media/recordings.ts';
import { keptType, PieceMaker, takeOf } from './kept-take.ts';
import { CannotRecord, RECORD_MOST_SECONDS, Recorder } from './recorder.ts';
import type { Take } from './take.ts';

export type RecorderState =
  | { name: 'idle' | 'asking' }
  | { name: 'recording'; peak: number; seconds: number }
  /** `isKept`: a reload does not lose it. */
  | { name: 'taken'; take: Take; isKept: boolean }
  | { name: 'cannot'; fault: CannotRecord['fault'] };

/** What is under way, and where it is written down meanwhile. */
interface Underway {
  recorder: Recorder;
  pieces: PieceMaker;
}

/** The microphone as a page uses it: asked for, recording, taken. Leaving the page lets go of it; what was said until then is kept. */
export function useRecorder(owner: Owner) {
  const [state, setState] = useState<RecorderState>({ name: 'idle' });
  const underway = useRef<Underway>(undefined);
  const kept = useRef<Keeping>(undefined);
  const isGone = useRef(false);

  const hear = ({ recorder, pieces }: Underway): Take => {
    underway.current = undefined;
    pieces.end();
    return recorder.end();
  };
  const taken = async (take: Take, keeping: Keeping | undefined) => {
    const isKept = (await keeping?.isKept()) ?? false;
    setState((now) => (now.name === 'taken' && now.take === take ? { ...now, isKept } : now));
  };
  const end = () => {
    if (underway.current === undefined) return;
    const take = hear(underway.current);
    if (take.samples.length === 0) return forget();
    setState({ name: 'taken', take, isKept: false });
    void taken(take, kept.current);
  };
  const forget = () => {
    void kept.current?.erase();
    kept.current = undefined;
    setState({ name: 'idle' });
  };
  const leave = useEffectEvent(() => {
    isGone.current = true;
    if (underway.current !== undefined) hear(underway.current);
    kept.current?.letGo();
  });
  useEffect(() => () => leave(), []);

  const begin = async () => {
    setState({ name: 'asking' });
    const pieces = new PieceMaker((piece) => kept.current?.add(piece));
    try {
      const recorder = await Recorder.begin(({ blocks, rateHz, peak, seconds }) => {
        pieces.add(blocks, rateHz);
        // What the microphone still sends while it is let go of is not shown.
        if (underway.current === undefined) return;
        if (seconds >= RECORD_MOST_SECONDS) end();
        else setState({ name: 'recording', peak, seconds });
      });
      // Who left while the browser still asked is not listened to.
      if (isGone.current) return void recorder.end();
      kept.current = Keeping.begin(owner, keptType(recorder.rateHz));
      underway.current = { recorder, pieces };
      setState({ name: 'recording', peak: 0, seconds: 0 });
    } catch (error) {
      setState({ name: 'cannot', fault: error instanceof CannotRecord ? error.fault : 'noRecording' });
    }
  };

  /** Takes up what was recorded before; what is empty is nothing. */
  const resume = async (row: RecordingRow) => {
    kept.current = Keeping.of(row);
    const take = await takeOf(row);
    if (take.samples.length === 0) forget();
    else setState({ name: 'taken', take, isKept: true });
  };
  return { state, begin, end, forget, resume };
}
