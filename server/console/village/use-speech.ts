import { useEffect, useRef, useState } from 'react';
import { Keeping, unsentOf } from '../media/keeping.ts';
import { type Owner, soundOfRecording } from '../media/recordings.ts';
import { type Recording, startRecording } from './recorder.ts';

/** What was said, and when where it was said before this page was opened (epoch ms). */
interface Speech {
  sound: Blob;
  at?: number;
}

/** The microphone of the phone, and what was said into it; what was not sent is there again after a reload. */
export function useSpeech({ user, place }: Owner) {
  const recording = useRef<Recording>(undefined);
  const kept = useRef<Keeping>(undefined);
  /** Epoch ms at which it was begun; undefined = it does not run. */
  const [since, setSince] = useState<number>();
  const [speech, setSpeech] = useState<Speech>();
  const [isDeaf, setDeaf] = useState(false);

  useEffect(() => {
    let isHere = true;
    const bring = async () => {
      const [row] = await unsentOf({ user, place });
      if (row === undefined || !isHere) return;
      const keeping = Keeping.of(row);
      const sound = await soundOfRecording(row);
      if (sound.size === 0) return void keeping.erase();
      const isBusy = recording.current !== undefined || kept.current !== undefined;
      if (!isHere || isBusy) return keeping.letGo();
      kept.current = keeping;
      setSpeech({ sound, at: row.at });
    };
    void bring();
    return () => {
      isHere = false;
      void recording.current?.stop();
      kept.current?.letGo();
    };
  }, [user, place]);

  const forget = () => {
    void kept.current?.erase();
    kept.current = undefined;
    setSpeech(undefined);
  };
  const begin = async () => {
    try {
      const started = await startRecording((piece, type) => {
        kept.current ??= Keeping.begin({ user, place }, type);
        kept.current.add(piece);
      });
      // Not before: without a microphone what was said before stays.
      forget();
      recording.current = started;
      setSince(Date.now());
      setDeaf(false);
    } catch {
      setDeaf(true);
    }
  };
  const end = async () => {
    const sound = await recording.current?.stop();
    recording.current = undefined;
    setSince(undefined);
    setSpeech(sound && { sound });
  };
  return { since, speech, isDeaf, begin, end, forget };
}
