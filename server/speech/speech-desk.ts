import { createHash } from 'node:crypto';
import type { MediaInfo } from '../../firmware-protocol/http/media.ts';
import type { MediaLibrary } from '../content/media-library.ts';
import type { SpeechTable } from '../content/media-tables.ts';
import { isServerError, ServerError } from '../errors.ts';
import type { Clock, SpeechEngine } from '../ports.ts';
import { spelledOut } from './spelled-out.ts';

interface Needs {
  /** In the order in which they are asked. */
  engines: SpeechEngine[];
  library: Pick<MediaLibrary, 'add' | 'info' | 'said'>;
  said: SpeechTable;
  clock: Pick<Clock, 'wall'>;
}

export interface Spoken {
  media: MediaInfo;
  /** Which engine and voice said it. */
  voice: string;
}

async function* inOnePiece(sound: Uint8Array): AsyncGenerator<Uint8Array> {
  yield sound;
}

/** Text becomes sound of the library: once for each voice and text, whoever asks. */
export class SpeechDesk {
  readonly #needs: Needs;
  readonly #underWay = new Map<string, Promise<Spoken>>();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /**
   * By the first engine that can say it. Rejects `speech-none`, `speech-nothing`; `speech-cannot` with what is missing, `speech-failed`,
   * `speech-unfit`, with a fault for each voice where there are several; and as `MediaLibrary.add` where no voice is at fault.
   */
  async say(text: string, by: string): Promise<Spoken> {
    const refusals: ServerError[] = [];
    const spelled = spelledOut(text);
    if (!SPOKEN.test(spelled)) throw new ServerError('speech-nothing', { context: { text } });
    for (const engine of this.#needs.engines) {
      try {
        return await this.#sayOnce(engine, spelled, text, by);
      } catch (error) {
        if (!isOfTheVoice(error)) throw error;
        refusals.push(error);
      }
    }
    throw asOne(refusals);
  }

  /** Two who ask for the same at once wait for one. */
  #sayOnce(engine: SpeechEngine, spelled: string, text: string, by: string): Promise<Spoken> {
    const key = createHash('sha256').update([engine.voice(), spelled].join('\n')).digest('hex');
    const underWay = this.#underWay.get(key);
    if (underWay !== undefined) return underWay;
    const speaking = this.#known(key, engine).then(async (known) => {
      if (known === undefined) return this.#make(key, engine, spelled, text, by);
      await this.#needs.library.said(known.media, by);
      return known;
    });
    this.#underWay.set(key, speaking);
    const forget = () => this.#underWay.delete(key);
    speaking.then(forget, forget);
    return speaking;
  }

  async #known(key: string, engine: SpeechEngine): Promise<Spoken | undefined> {
    const sha256 = await this.#needs.said.get(key);
    const media = sha256 === undefined ? undefined : await this.#needs.library.info(sha256);
    return media && { media, voice: engine.voice() };
  }

  async #make(key: string, engine: SpeechEngine, spelled: string, text: string, by: string): Promise<Spoken> {
    const { library, said, clock } = this.#needs;
    const sound = await engine.say(spelled);
    const media = await library
      .add({ chunks: inOnePiece(sound), fileName: text, by, isSpeech: true })
      .catch((error: unknown) => {
        throw unfitOf(error, engine) ?? error;
      });
    await said.put({ key, sha256: media.sha256, voice: engine.voice(), at: clock.wall() });
    return { media, voice: engine.voice() };
  }
}

/** An engine that is given none says nothing, or what it likes. */
const SPOKEN = /[\p{L}\p{N}]/u;
const FAULTS_OF_A_VOICE = ['speech-cannot', 'speech-failed', 'speech-unfit'] as const;

/** Then another voice may say it. */
function isOfTheVoice(error: unknown): error is ServerError {
  return FAULTS_OF_A_VOICE.some((code) => isServerError(error, code));
}

/** The last one, and of several voices what each had against it, in the order of the configuration. */
function asOne(refusals: ServerError[]): ServerError {
  const last = refusals.at(-1);
  if (last === undefined) return new ServerError('speech-none');
  if (refusals.length === 1) return last;
  const faults = refusals.map((refusal) => {
    const { code, en, th } = refusal.failure();
    return { path: '', code, en, th };
  });
  return new ServerError(last.code, { context: last.context, faults, cause: last });
}

/** What a voice made is judged like an upload, but nobody uploaded it: that it is empty, silent or no sound is told of the voice. */
function unfitOf(error: unknown, engine: SpeechEngine): ServerError | undefined {
  if (!isServerError(error) || !error.code.startsWith('upload-')) return undefined;
  const { en: why, th: why_th } = error.failure();
  return new ServerError('speech-unfit', { context: { voice: engine.voice(), why, why_th }, cause: error });
}
