import { useEffect, useRef, useState } from 'react';
import type { UploadStep } from './upload.ts';

type Upload<T> = (file: File, onStep: (step: UploadStep) => void, signal: AbortSignal) => Promise<T>;

/** One upload at a time: how far it is, why it failed, and a way back. `upload` is `uploadSound` or `uploadPicture`. */
export function useUpload<T>(upload: Upload<T>, onDone: (prepared: T) => void) {
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
      onDone(await upload(file, setStep, controller.signal));
    } catch (failed) {
      if (!controller.signal.aborted) setError(failed);
    }
    setStep(undefined);
  };
  return { step, error, send, cancel: () => giveUp.current?.abort() };
}
