import { useEffect, useRef, useState } from 'react';
import type { Sound } from './sound.ts';
import { type UploadStep, uploadSound } from './upload.ts';

/** One upload at a time: how far it is, why it failed, and a way back. */
export function useUpload(onDone: (sound: Sound) => void) {
  const [step, setStep] = useState<UploadStep>();
  const [error, setError] = useState<unknown>();
  const giveUp = useRef<AbortController>(undefined);
  useEffect(() => () => giveUp.current?.abort(), []);

  const send = async (file: File): Promise<void> => {
    const controller = new AbortController();
    giveUp.current = controller;
    setError(undefined);
    setStep({ step: 'sending', share: 0 });
    try {
      const { sha256, ms, title, loudness_clufs } = await uploadSound(file, setStep, controller.signal);
      onDone({ sha256, ms, title, loudness_clufs });
    } catch (failed) {
      if (!controller.signal.aborted) setError(failed);
    }
    setStep(undefined);
  };
  return { step, error, send, cancel: () => giveUp.current?.abort() };
}
