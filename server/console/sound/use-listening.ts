import { useEffect, useRef, useState } from 'react';
import { soundAddress } from './sound.ts';

/** One prepared sound at a time, heard as a tower plays it. */
export function useListening() {
  const ear = useRef<HTMLAudioElement>(undefined);
  const [playing, setPlaying] = useState<string>();
  const [failed, setFailed] = useState(false);
  useEffect(() => () => ear.current?.pause(), []);

  const stop = () => {
    ear.current?.pause();
    setPlaying(undefined);
  };
  const toggle = (sha256: string) => {
    stop();
    if (playing === sha256) return;
    const audio = new Audio(soundAddress(sha256));
    const isNow = () => ear.current === audio;
    audio.onended = () => isNow() && setPlaying(undefined);
    ear.current = audio;
    setPlaying(sha256);
    setFailed(false);
    audio.play().catch((error: unknown) => {
      // A pause before the first sample is no failure.
      if (!isNow() || (error instanceof DOMException && error.name === 'AbortError')) return;
      setPlaying(undefined);
      setFailed(true);
    });
  };
  return { playing, failed, toggle };
}
export type Listening = ReturnType<typeof useListening>;
