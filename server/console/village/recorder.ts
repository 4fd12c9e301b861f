import { PIECE_MS } from '../media/keeping.ts';

/** The microphone of a phone, until it is told to stop. */
export interface Recording {
  stop: () => Promise<Blob>;
}

/** Nobody speaks to a village for longer, and a phone in a pocket records no evening. */
export const RECORDING_MOST_MS = 5 * 60_000;

/**
 * Hands on each piece as it is made, with the type of the whole; the pieces one after the other are the file. Rejects where there is no
 * microphone or it is not allowed (`NotAllowedError`, `NotFoundError`).
 */
export async function startRecording(onPiece: (piece: Blob, type: string) => void): Promise<Recording> {
  // Nothing is played meanwhile: a canceller of echoes would only take away from the voice.
  const audio = { channelCount: 1, echoCancellation: false };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  const recorder = new MediaRecorder(stream);
  const pieces: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => {
    pieces.push(data);
    onPiece(data, recorder.mimeType);
  });
  const ended = new Promise<Blob>((resolve) =>
    recorder.addEventListener('stop', () => {
      for (const track of stream.getTracks()) track.stop();
      resolve(new Blob(pieces, { type: recorder.mimeType }));
    }),
  );
  recorder.start(PIECE_MS);
  const timer = setTimeout(() => recorder.state === 'recording' && recorder.stop(), RECORDING_MOST_MS);
  return {
    stop: () => {
      clearTimeout(timer);
      if (recorder.state === 'recording') recorder.stop();
      return ended;
    },
  };
}
