import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ServerError } from '../../errors.ts';
import { configFault } from '../../faults/config-fault.ts';
import type { SpeechEngine } from '../../ports.ts';
import { clipSentence, type Said } from '../../speech/clip-sentence.ts';
import { runFfmpeg } from '../media/transcoder-command.ts';
import { monoWav } from '../media/wav-file.ts';

/** `clips.json` of a folder of recordings by one voice. */
const ClipManifest = z.strictObject({
  format: z.literal(1),
  voice: z.string().min(1).max(80),
  /** Silence where a speaker draws breath. */
  breath_ms: z.int().min(0).max(3_000).default(350),
  /** Words as they are spelled out -> file beside this one. */
  clips: z.record(z.string().min(1).max(200), z.string().regex(/^[^/\\]+$/, 'a file beside clips.json')),
});
type ClipManifest = z.infer<typeof ClipManifest>;

const RATE_HZ = 48_000;
/** Recordings do not begin and end at zero: without it every joint clicks. */
const EDGE_FRAMES = RATE_HZ / 200;
const DECODE_MS = 20_000;
/** Most sentences use the same words: 20 minutes of decoded clips, 115 MB at most. */
const KEPT_FRAMES = 20 * 60 * RATE_HZ;

/** Recorded phrases, joined: says only what was recorded, as a person said it. */
export class ClipSpeech implements SpeechEngine {
  readonly #folder: string;
  readonly #ffmpeg: string;
  readonly #manifest: ClipManifest;
  readonly #version: string;
  readonly #decoded = new Map<string, Int16Array>();
  #keptFrames = 0;

  private constructor(folder: string, ffmpeg: string, manifest: ClipManifest, version: string) {
    this.#folder = folder;
    this.#ffmpeg = ffmpeg;
    this.#manifest = manifest;
    this.#version = version;
  }

  /** Rejects `config-invalid` with what is wrong with the folder. */
  static async open(folder: string, ffmpeg: string): Promise<ClipSpeech> {
    try {
      const text = await readFile(join(folder, 'clips.json'), 'utf8');
      const manifest = ClipManifest.parse(JSON.parse(text));
      const clips = Object.entries(manifest.clips).map(([words, file]) => [words.normalize('NFC'), file]);
      const hash = createHash('sha256').update(text);
      for (const [, file = ''] of clips) hash.update(await readFile(join(folder, file)));
      const version = hash.digest('hex').slice(0, 16);
      return new ClipSpeech(folder, ffmpeg, { ...manifest, clips: Object.fromEntries(clips) }, version);
    } catch (cause) {
      const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
      throw configFault(
        'speech',
        { en: `the clips in ${folder} cannot be used: ${why}`, th: `ใช้คลังเสียงใน ${folder} ไม่ได้: ${why}` },
        cause,
      );
    }
  }

  voice(): string {
    return `clips ${this.#manifest.voice} ${this.#version}`;
  }

  async say(spelled: string): Promise<Uint8Array> {
    const { said, missing } = clipSentence(spelled, new Set(Object.keys(this.#manifest.clips)));
    if (missing.length > 0)
      throw new ServerError('speech-cannot', { context: { missing: missing.slice(0, 20).join(', ') } });
    const pieces: Int16Array[] = [];
    for (const each of said) pieces.push(await this.#piece(each));
    return monoWav(pieces, RATE_HZ);
  }

  async #piece(said: Said): Promise<Int16Array> {
    if (said === 'breath') return new Int16Array((this.#manifest.breath_ms * RATE_HZ) / 1_000);
    const file = this.#manifest.clips[said.clip] ?? '';
    const known = this.#decoded.get(file);
    if (known !== undefined) return known;
    const samples = withSoftEdges(await this.#decode(file));
    if (this.#keptFrames + samples.length <= KEPT_FRAMES) {
      this.#decoded.set(file, samples);
      this.#keptFrames += samples.length;
    }
    return samples;
  }

  async #decode(file: string): Promise<Int16Array> {
    const folder = await mkdtemp(join(tmpdir(), 'prakat-clip-'));
    const output = join(folder, 'pcm');
    try {
      const ran = await runFfmpeg(this.#ffmpeg, {
        ...{ input: join(this.#folder, file), inputOptions: [], output, deadlineMs: DECODE_MS },
        outputOptions: ['-map', '0:a:0', '-ac', '1', '-ar', String(RATE_HZ), '-f', 's16le'],
        signal: new AbortController().signal,
      });
      if (!ran.ok)
        throw new ServerError('speech-failed', {
          context: { voice: this.voice(), why: `${file} is no sound` },
        });
      const bytes = await readFile(output);
      return new Int16Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 2));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function withSoftEdges(samples: Int16Array): Int16Array {
  const last = samples.length - 1;
  return samples.map((sample, i) =>
    Math.round(sample * Math.min(1, i / EDGE_FRAMES, (last - i) / EDGE_FRAMES)),
  );
}
