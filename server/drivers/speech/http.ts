import { readFile } from 'node:fs/promises';
import type { HttpSpeechConfig } from '../../config.ts';
import { ServerError } from '../../errors.ts';
import type { SpeechEngine } from '../../ports.ts';

/** Ten minutes of 48 kHz stereo. */
const MOST_BYTES = 128 * 1024 * 1024;

/**
 * A service that makes speech: `POST` of `{"text", "voice", "language": "th"}`, answered with a sound file. No redirect is
 * followed, so that text and token go nowhere else.
 */
export class HttpSpeech implements SpeechEngine {
  readonly #config: HttpSpeechConfig;

  constructor(config: HttpSpeechConfig) {
    this.#config = config;
  }

  voice(): string {
    return `http ${this.#config.url} ${this.#config.voice}`.trimEnd();
  }

  async say(spelled: string): Promise<Uint8Array> {
    try {
      return await this.#ask(spelled);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new ServerError('speech-failed', { context: { voice: this.voice(), why }, cause });
    }
  }

  async #ask(text: string): Promise<Uint8Array> {
    const { url, voice, seconds, token_file } = this.#config;
    const token = token_file === undefined ? undefined : (await readFile(token_file, 'utf8')).trim();
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(seconds * 1_000),
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ text, voice, language: 'th' }),
    });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    const type = response.headers.get('content-type') ?? '';
    if (!/^(audio\/|application\/octet-stream)/.test(type))
      throw new Error(`it answered ${type || 'no type'}`);
    return bounded(response.body ?? []);
  }
}

async function bounded(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array> {
  const kept: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error(`it sent more than ${MOST_BYTES} bytes`);
    kept.push(chunk);
  }
  return Buffer.concat(kept);
}
