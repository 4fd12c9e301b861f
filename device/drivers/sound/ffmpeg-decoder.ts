import { DeviceError } from '../../errors.ts';
import { type Decoder, SAMPLE_RATE_HZ } from '../../sound-ports.ts';
import { ProcessGroup } from '../process-group.ts';
import { within } from '../within.ts';
import { type FfmpegBinary, findFfmpeg } from './ffmpeg-binary.ts';
import { inspectOggOpus } from './ogg-opus.ts';

/** No samples for so long while somebody waits for them, and the decoder hangs. */
const SILENT_MS = 5_000;
/** stdout ended, but the program lives on. */
const EXIT_MS = 1_000;

/**
 * Ogg Opus to PCM. The demuxer is forced, so that no playlist, URL or script inside a file is ever looked at; and only
 * the file itself can be opened.
 */
export class FfmpegDecoder implements Decoder {
  readonly #env: NodeJS.ProcessEnv;
  #binary: Promise<FfmpegBinary | undefined> | undefined;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  /** Looks for ffmpeg now and not with the first announcement. Resolves to undefined when there is none. */
  binary(): Promise<FfmpegBinary | undefined> {
    this.#binary ??= findFfmpeg(this.#env);
    return this.#binary;
  }

  inspect(path: string): Promise<number> {
    return inspectOggOpus(path);
  }

  async *decode(path: string, signal: AbortSignal): AsyncGenerator<Int16Array> {
    await inspectOggOpus(path);
    const binary = await this.binary();
    if (binary === undefined) throw new DeviceError('media-undecodable', { why: 'there is no ffmpeg' });
    if (signal.aborted) return;
    const group = new ProcessGroup(binary.path, argumentsFor(path));
    const kill = () => void group.kill();
    signal.addEventListener('abort', kill, { once: true });
    try {
      yield* samplesOf(group, path);
      await checkEnd(group, path, signal);
    } finally {
      signal.removeEventListener('abort', kill);
      await group.kill();
    }
  }
}

function argumentsFor(path: string): string[] {
  return [
    ...['-nostdin', '-hide_banner', '-v', 'error', '-threads', '1'],
    ...['-protocol_whitelist', 'file,pipe', '-f', 'ogg', '-i', `file:${path}`],
    ...['-map', '0:a:0', '-f', 's16le', '-ac', '1', '-ar', String(SAMPLE_RATE_HZ), 'pipe:1'],
  ];
}

async function* samplesOf(group: ProcessGroup, path: string): AsyncGenerator<Int16Array> {
  const chunks = group.stdout.iterator({ destroyOnReturn: false });
  const hung = () => new DeviceError('decoder-hung', { path, said: group.stderrTail() });
  let odd: Buffer = Buffer.alloc(0);
  let frames = 0;
  for (;;) {
    const { done, value } = await within(SILENT_MS, chunks.next(), hung);
    if (done) break;
    const bytes = Buffer.concat([odd, value]);
    const samples = toSamples(bytes);
    odd = bytes.subarray(samples.length * 2);
    frames += samples.length;
    if (samples.length > 0) yield samples;
  }
  if (frames === 0) {
    await within(EXIT_MS, group.exited, hung);
    throw undecodable(group, path);
  }
}

/** A decoder that ended with an error has given half a sentence. */
async function checkEnd(group: ProcessGroup, path: string, signal: AbortSignal): Promise<void> {
  const hung = () => new DeviceError('decoder-hung', { path, said: group.stderrTail() });
  const exit = await within(EXIT_MS, group.exited, hung);
  if (exit.code !== 0 && !signal.aborted) throw undecodable(group, path);
}

function undecodable(group: ProcessGroup, path: string): DeviceError {
  return new DeviceError('media-undecodable', { path, exit: group.exit, said: group.stderrTail() });
}

function toSamples(bytes: Buffer): Int16Array {
  const samples = new Int16Array(bytes.length >> 1);
  for (let i = 0; i < samples.length; i += 1) samples[i] = bytes.readInt16LE(i * 2);
  return samples;
}
