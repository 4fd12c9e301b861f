import { setTimeout as sleep } from 'node:timers/promises';
import { DeviceError } from '../../errors.ts';
import { type Ear, type Recorder, SAMPLE_RATE_HZ } from '../../sound-ports.ts';
import { ProcessGroup } from '../process-group.ts';
import { within } from '../within.ts';

/** Every duration of the recorder, milliseconds. */
const TIMES = {
  /** The first samples come within, or the device hangs. */
  openMs: 3_000,
  /** So do all others: a card whose plug was pulled may say nothing at all. */
  hearMs: 2_000,
  /** In the device; bridges a busy computer. */
  bufferMs: 200,
  /** What is handed over at once: a part of the way from ear to tower; half of it would wake a Pi twice as often, all day. */
  periodMs: 20,
  /** What a program said last may come after its pipe ended. */
  lastWordsMs: 50,
  /** A device that is not real (null, a file) hands out sound faster than time passes: beyond this it is waited for. */
  aheadMs: 200,
} as const;

/** At most so much at once, bytes: what a busy event loop finds in the pipe. */
const MOST_BYTES = (SAMPLE_RATE_HZ * 2) / 10;

export interface ArecordOptions {
  /** ALSA PCM name: `plughw:1,0`, which also makes mono of stereo and 48 kHz of what the card has. */
  device: string;
  /** The program; tests put others in its place. */
  arecord?: string;
}

/** Ears through ALSA's own recorder. */
export class ArecordRecorder implements Recorder {
  readonly source = 'alsa';
  readonly #program: string;
  readonly #args: string[];

  constructor({ device, arecord = 'arecord' }: ArecordOptions) {
    this.#program = arecord;
    const microseconds = (ms: number) => String(ms * 1_000);
    this.#args = [
      ...['-q', '-t', 'raw', '-f', 'S16_LE', '-c', '1', '-r', String(SAMPLE_RATE_HZ)],
      ...['--buffer-time', microseconds(TIMES.bufferMs), '--period-time', microseconds(TIMES.periodMs)],
      ...['-D', device],
    ];
  }

  /** Rejects `no-sound-device` when it cannot be opened (gone, busy, no arecord) or gives nothing. */
  async open(): Promise<Ear> {
    const ear = new ArecordEar(new ProcessGroup(this.#program, this.#args));
    try {
      await ear.begin();
      return ear;
    } catch (error) {
      await ear.close();
      throw error;
    }
  }
}

class ArecordEar implements Ear {
  readonly #group: ProcessGroup;
  #rest: Buffer = Buffer.alloc(0);
  #frames = 0;
  #startedAt = 0;
  #isClosed = false;
  #wake: () => void = () => {};

  constructor(group: ProcessGroup) {
    this.#group = group;
    group.stdout.on('readable', () => this.#wake());
    group.stdout.on('end', () => this.#wake());
    void group.exited.then(() => this.#wake());
  }

  /** Waits for the first samples. */
  async begin(): Promise<void> {
    const late = () => new DeviceError('no-sound-device', { why: 'it gives no sound', ...this.#said() });
    await within(TIMES.openMs, this.#readable(), late);
    if (this.#group.stdout.readableLength === 0) await this.#failed('no-sound-device');
    this.#startedAt = performance.now();
  }

  async hear(): Promise<Int16Array | undefined> {
    for (;;) {
      await this.#keepTime();
      const late = () => new DeviceError('recorder-hung', this.#said());
      await within(TIMES.hearMs, this.#readable(), late);
      if (this.#isClosed) return undefined;
      const read: Buffer | null = this.#group.stdout.read(
        Math.min(MOST_BYTES, this.#group.stdout.readableLength) || undefined,
      );
      if (read === null && this.#isOver()) await this.#failed('recorder-failed');
      const samples = this.#samplesIn(read ?? Buffer.alloc(0));
      if (samples.length > 0) return samples;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#wake();
    await this.#group.kill();
  }

  /** Resolves when there is something to read, or nothing to wait for any more. */
  async #readable(): Promise<void> {
    while (this.#group.stdout.readableLength === 0 && !this.#isClosed && !this.#isOver())
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
  }

  /** Both: the program may be gone with its last words still in the pipe, or hold the pipe shut and live. */
  #isOver(): boolean {
    const { stdout, exit } = this.#group;
    return (stdout.readableEnded || stdout.destroyed || exit !== undefined) && stdout.readableLength === 0;
  }

  async #keepTime(): Promise<void> {
    const aheadMs = (this.#frames * 1_000) / SAMPLE_RATE_HZ - (performance.now() - this.#startedAt);
    if (aheadMs > TIMES.aheadMs) await sleep(aheadMs - TIMES.aheadMs / 2);
  }

  /** A pipe may part a sample. */
  #samplesIn(read: Buffer): Int16Array {
    const bytes = this.#rest.length === 0 ? read : Buffer.concat([this.#rest, read]);
    const whole = bytes.length - (bytes.length % 2);
    this.#rest = bytes.subarray(whole);
    const samples = new Int16Array(whole / 2);
    for (let i = 0; i < samples.length; i += 1) samples[i] = bytes.readInt16LE(i * 2);
    this.#frames += samples.length;
    return samples;
  }

  async #failed(code: 'no-sound-device' | 'recorder-failed'): Promise<never> {
    await Promise.race([this.#group.exited, sleep(TIMES.lastWordsMs)]);
    if (this.#group.stderrTail() === '') await sleep(TIMES.lastWordsMs);
    throw new DeviceError(code, this.#said(), this.#group.exit?.failure);
  }

  #said(): { exit?: number | null; said: string } {
    const { exit } = this.#group;
    return { ...(exit && { exit: exit.code }), said: this.#group.stderrTail() };
  }
}
