import { constants } from 'node:fs';
import { access, type FileHandle, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DeviceError } from '../../errors.ts';
import { type Player, SAMPLE_RATE_HZ, type Voice } from '../../sound-ports.ts';
import { Pacer } from './pacer.ts';
import { WAV_HEADER_BYTES, wavHeader } from './wav-header.ts';

/** What a sound card would hold. */
const AHEAD_MS = 100;
const NAME = /^(\d{4,})\.wav$/;

/**
 * A sound card that is a folder: each voice becomes `NNNN.wav`, in real time. For halls without a card, demonstrations
 * and tests. A file is valid at every moment: the header follows each write.
 */
export class WavPlayer implements Player {
  readonly sink = 'wav';
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async arm(): Promise<Voice> {
    try {
      await mkdir(this.#folder, { recursive: true });
      await access(this.#folder, constants.W_OK);
    } catch (cause) {
      throw new DeviceError('no-sound-device', { folder: this.#folder }, cause);
    }
    return new WavVoice(() => createNext(this.#folder));
  }

  /** Paths of what was played, oldest first. */
  files(): Promise<string[]> {
    return wavFilesIn(this.#folder);
  }
}

/** Paths of the voices in a folder, oldest first; empty when nothing was played yet. */
export async function wavFilesIn(folder: string): Promise<string[]> {
  const numbers = await numbersIn(folder);
  return numbers.map((n) => join(folder, nameOf(n)));
}

class WavVoice implements Voice {
  readonly #create: () => Promise<FileHandle>;
  readonly #pacer = new Pacer(AHEAD_MS);
  #file: FileHandle | undefined;
  #frames = 0;
  #isOver = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(create: () => Promise<FileHandle>) {
    this.#create = create;
  }

  async write(samples: Int16Array): Promise<void> {
    // Made before its time runs: on a busy card that takes a third of a second, in which nothing sounds.
    await this.#opened();
    await this.#pacer.admit(samples.length);
    if (this.#isOver) throw new DeviceError('player-failed', { why: 'the voice is closed' });
    this.#writing = this.#append(samples);
    await this.#writing;
  }

  async drain(): Promise<void> {
    if (!this.#isOver) await this.#pacer.sounded();
    await this.cut();
  }

  async cut(): Promise<void> {
    this.#isOver = true;
    await this.#writing.catch(() => {});
    const file = this.#file;
    this.#file = undefined;
    await file?.close().catch(() => {});
  }

  frames(): number {
    return this.#frames;
  }

  nextAt(): number | undefined {
    return this.#pacer.nextAt();
  }

  async #opened(): Promise<void> {
    if (this.#isOver) return;
    try {
      this.#file ??= await this.#create();
    } catch (cause) {
      throw new DeviceError('player-failed', {}, cause);
    }
  }

  async #append(samples: Int16Array): Promise<void> {
    if (this.#file === undefined) return;
    try {
      const { buffer, byteOffset, byteLength } = samples;
      const at = WAV_HEADER_BYTES + this.#frames * 2;
      await this.#file.write(Buffer.from(buffer, byteOffset, byteLength), 0, byteLength, at);
      this.#frames += samples.length;
      await this.#file.write(wavHeader(this.#frames, SAMPLE_RATE_HZ), 0, WAV_HEADER_BYTES, 0);
    } catch (cause) {
      throw new DeviceError('player-failed', {}, cause);
    }
  }
}

/** Made with the first samples: a voice that was armed for nothing leaves nothing. */
async function createNext(folder: string): Promise<FileHandle> {
  const last = (await numbersIn(folder)).at(-1) ?? 0;
  const file = await open(join(folder, nameOf(last + 1)), 'wx');
  await file.write(wavHeader(0, SAMPLE_RATE_HZ));
  return file;
}

async function numbersIn(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

function nameOf(n: number): string {
  return `${String(n).padStart(4, '0')}.wav`;
}
