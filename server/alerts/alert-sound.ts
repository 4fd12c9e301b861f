import type { MediaRef } from '../../firmware-protocol/content/announcement.ts';
import type { MediaLibrary } from '../content/media-library.ts';
import type { Clock, Log } from '../ports.ts';
import type { SpeechDesk } from '../speech/speech-desk.ts';
import type { AlertWords } from './alert-words.ts';

interface Needs {
  library: Pick<MediaLibrary, 'add'>;
  speech: Pick<SpeechDesk, 'say'>;
  clock: Pick<Clock, 'after'>;
  log: Pick<Log, 'warn'>;
}

/** A warning without its sound in time beats a warning that is late; preparing half a minute of speech takes two seconds. */
const SOUND_WITHIN_MS = 15_000;

/** What the tower says: the sound that the agency attached, else its words by a voice of ours, else undefined. Never rejects. */
export async function soundOf(words: AlertWords, by: string, needs: Needs): Promise<MediaRef | undefined> {
  const attached = words.sound;
  const ways = [
    ...(attached === undefined
      ? []
      : [() => needs.library.add({ chunks: inOnePiece(attached.base64), fileName: attached.name, by })]),
    ...(words.speech === '' ? [] : [async () => (await needs.speech.say(words.speech, by)).media]),
  ];
  let giveUp: () => void = () => {};
  const late = new Promise<undefined>((resolve) => {
    giveUp = needs.clock.after(SOUND_WITHIN_MS, () => resolve(undefined));
  });
  try {
    return await Promise.race([firstOf(ways, needs.log), late]);
  } finally {
    giveUp();
  }
}

async function firstOf(
  ways: (() => Promise<{ sha256: string; bytes: number; ms: number }>)[],
  log: Needs['log'],
): Promise<MediaRef | undefined> {
  for (const way of ways) {
    try {
      const { sha256, bytes, ms } = await way();
      return { type: 'media', sha256, bytes, ms };
    } catch (error) {
      log.warn({ error }, 'an alert goes without this sound');
    }
  }
  return undefined;
}

async function* inOnePiece(base64: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(base64, 'base64');
}
