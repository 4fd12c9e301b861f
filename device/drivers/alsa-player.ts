import { DeviceError } from '../errors.ts';
import { type Player, SAMPLE_RATE_HZ, type Voice } from '../ports.ts';
import { Pacer } from './pacer.ts';
import { ProcessGroup } from './process-group.ts';
import { within } from './within.ts';

/** Every duration of the player, milliseconds. */
const TIMES = {
  /** aplay says that it has the device within. */
  armMs: 2_000,
  /** Taken by the pipe, or the player hangs. */
  writeMs: 2_000,
  /** After the last sample should have sounded. */
  drainMs: 1_500,
  /** In the device; below `aheadMs`, for aplay starts the device when its buffer is full. */
  bufferMs: 120,
  periodMs: 20,
  /** In device and pipe together: bridges a busy event loop, and bounds how long a cut is still heard. */
  aheadMs: 250,
} as const;

export interface AlsaPlayerOptions {
  /** ALSA PCM name: `default`, `plughw:1,0`. */
  device: string;
  /** The program; tests put others in its place. */
  aplay?: string;
}

/** Sound through ALSA's own player, which is started ahead and waits for samples (armed). */
export class AlsaPlayer implements Player {
  readonly sink = 'alsa';
  readonly #program: string;
  readonly #args: string[];

  constructor({ device, aplay = 'aplay' }: AlsaPlayerOptions) {
    this.#program = aplay;
    this.#args = [
      ...['-t', 'raw', '-f', 'S16_LE', '-c', '1', '-r', String(SAMPLE_RATE_HZ)],
      ...[`--buffer-time=${TIMES.bufferMs * 1_000}`, `--period-time=${TIMES.periodMs * 1_000}`],
      ...['-D', device, '-'],
    ];
  }

  /** Rejects `no-sound-device` when it cannot be opened (gone, busy, no aplay), `player-hung` when nothing is heard. */
  async arm(): Promise<Voice> {
    const group = new ProcessGroup(this.#program, this.#args);
    // Not quiet on purpose: aplay says "Playing raw data" when the device is open, and only then.
    const opened = group.said('Playing');
    try {
      await within(TIMES.armMs, Promise.race([opened, exitedEarly(group)]), () => hung(group, 'arm'));
      return new AlsaVoice(group);
    } catch (error) {
      await group.kill();
      throw error;
    }
  }
}

class AlsaVoice implements Voice {
  readonly #group: ProcessGroup;
  readonly #pacer = new Pacer(TIMES.aheadMs);
  #frames = 0;
  #isOver = false;
  #giveUp: (error: Error) => void = () => {};
  readonly #givenUp: Promise<never>;

  constructor(group: ProcessGroup) {
    this.#group = group;
    this.#givenUp = new Promise((_, reject) => {
      this.#giveUp = reject;
    });
    this.#givenUp.catch(() => {});
  }

  async write(samples: Int16Array): Promise<void> {
    if (this.#isOver) throw new DeviceError('player-failed', { why: 'the voice is closed' });
    await Promise.race([this.#pacer.admit(samples.length), this.#givenUp]);
    const { buffer, byteOffset, byteLength } = samples;
    const taken = new Promise<void>((resolve, reject) => {
      this.#group.stdin.write(Buffer.from(buffer, byteOffset, byteLength), (error) =>
        error ? reject(failed(this.#group)) : resolve(),
      );
    });
    await this.#orFail(within(TIMES.writeMs, taken, () => hung(this.#group, 'write')));
    this.#frames += samples.length;
  }

  async drain(): Promise<void> {
    if (this.#isOver) return;
    this.#group.stdin.end();
    await Promise.race([this.#pacer.sounded(), this.#givenUp]);
    const exit = await this.#orFail(
      within(TIMES.drainMs, this.#group.exited, () => hung(this.#group, 'drain')),
    );
    if (exit.code !== 0) throw failed(this.#group);
    await this.cut();
  }

  async cut(): Promise<void> {
    this.#isOver = true;
    this.#giveUp(new DeviceError('player-failed', { why: 'the voice was cut' }));
    await this.#group.kill();
  }

  frames(): number {
    return this.#frames;
  }

  /** A player that failed once is closed: nothing of its group lives on. */
  async #orFail<T>(answer: Promise<T>): Promise<T> {
    try {
      return await Promise.race([answer, this.#givenUp]);
    } catch (error) {
      await this.cut();
      throw error;
    }
  }
}

async function exitedEarly(group: ProcessGroup): Promise<never> {
  const { code, failure } = await group.exited;
  throw new DeviceError('no-sound-device', { code, said: group.stderrTail() }, failure);
}

function failed(group: ProcessGroup): DeviceError {
  return new DeviceError('player-failed', { exit: group.exit, said: group.stderrTail() });
}

function hung(group: ProcessGroup, during: string): DeviceError {
  return new DeviceError('player-hung', { during, said: group.stderrTail() });
}
