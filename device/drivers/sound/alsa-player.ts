import { DeviceError } from '../../errors.ts';
import { type Player, SAMPLE_RATE_HZ, type Voice } from '../../sound-ports.ts';
import { ProcessGroup } from '../process-group.ts';
import { within } from '../within.ts';
import { AplayMeter } from './aplay-meter.ts';
import { Pacer } from './pacer.ts';

/** Every duration of the player, milliseconds. */
const TIMES = {
  /** aplay says that it has the device within. */
  armMs: 2_000,
  /** Taken by the device, or it hangs. */
  writeMs: 2_000,
  /** After the last sample should have sounded. */
  drainMs: 1_500,
  /** In the device. */
  bufferMs: 60,
  periodMs: 10,
  /** The device starts with so much in its buffer: soon, and not so soon that it runs dry before the next period. */
  startMs: 20,
  /** Between us and the device: aplay always finds a period there. */
  pipeMs: 50,
  /** In device and pipe together: bridges a busy event loop, and bounds how long a cut is still heard. */
  aheadMs: 110,
} as const;

const PIPE_FRAMES = (TIMES.pipeMs * SAMPLE_RATE_HZ) / 1_000;

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
    const microseconds = (ms: number) => String(ms * 1_000);
    this.#args = [
      ...['-t', 'raw', '-f', 'S16_LE', '-c', '1', '-r', String(SAMPLE_RATE_HZ)],
      ...['--buffer-time', microseconds(TIMES.bufferMs), '--period-time', microseconds(TIMES.periodMs)],
      ...['--start-delay', microseconds(TIMES.startMs)],
      // Both for the meter: the setup of the device, and a line for each chunk that it took.
      ...['-v', '-V', 'mono'],
      ...['-D', device, '-'],
    ];
  }

  /** Rejects `no-sound-device` when it cannot be opened (gone, busy, no aplay), `player-hung` when nothing is heard. */
  async arm(): Promise<Voice> {
    const meter = new AplayMeter(() => performance.now());
    const group = new ProcessGroup(this.#program, this.#args, (said) => meter.hear(said));
    try {
      const ready = Promise.race([meter.ready, exitedEarly(group)]);
      await within(TIMES.armMs, ready, () => hung(group, 'arm'));
      return new AlsaVoice(group, meter);
    } catch (error) {
      await group.kill();
      throw error;
    }
  }
}

class AlsaVoice implements Voice {
  readonly #group: ProcessGroup;
  readonly #meter: AplayMeter;
  readonly #pacer = new Pacer(TIMES.aheadMs);
  readonly #over: Promise<DeviceError>;
  #end: (why: DeviceError) => void = () => {};
  #failure: DeviceError | undefined;
  #sent = 0;
  #isDrained = false;
  #wake: () => void = () => {};

  constructor(group: ProcessGroup, meter: AplayMeter) {
    this.#group = group;
    this.#meter = meter;
    this.#over = new Promise((resolve) => {
      this.#end = resolve;
    });
    meter.onChange = () => this.#wake();
    void group.exited.then(() => this.#wake());
  }

  async write(samples: Int16Array): Promise<void> {
    await this.#turn();
    const { buffer, byteOffset, byteLength } = samples;
    this.#meter.writing(this.#sent);
    this.#group.stdin.write(Buffer.from(buffer, byteOffset, byteLength));
    this.#pacer.sent(samples.length);
    this.#sent += samples.length;
  }

  async drain(): Promise<void> {
    if (this.#failure !== undefined) return;
    this.#group.stdin.end();
    const late = () => hung(this.#group, 'drain');
    const exit = within(this.#pacer.leadMs() + TIMES.drainMs, this.#group.exited, late);
    const end = await Promise.race([exit, this.#over]).catch((error: DeviceError) => error);
    const isWhole = !(end instanceof DeviceError) && end.code === 0;
    if (!isWhole) await this.#fail(end instanceof DeviceError ? end : failed(this.#group));
    // A device that does not pace (a file) is done before its time.
    await this.#pacer.sounded();
    this.#isDrained = true;
    await this.cut();
  }

  async cut(): Promise<void> {
    this.#failure ??= new DeviceError('player-failed', { why: 'the voice is closed' });
    this.#end(this.#failure);
    this.#wake();
    await this.#group.kill();
  }

  frames(): number {
    return this.#isDrained ? this.#sent : Math.min(this.#sent, this.#meter.taken());
  }

  gaps(): number {
    return this.#meter.underruns;
  }

  nextAt(): number | undefined {
    return this.#meter.soundsAt(this.#sent);
  }

  /** Waits until it is time for more, and the device has taken what went before but for what the pipe holds. */
  async #turn(): Promise<void> {
    const deadline = performance.now() + TIMES.writeMs;
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#group.exit !== undefined) await this.#fail(failed(this.#group));
      const isFull = this.#sent - this.#meter.taken() > PIPE_FRAMES;
      const waitMs = isFull ? deadline - performance.now() : this.#pacer.tooEarlyMs();
      if (waitMs <= 0 && isFull) await this.#fail(hung(this.#group, 'write'));
      if (waitMs <= 0) return;
      await this.#news(waitMs);
    }
  }

  /** Resolves when something has changed, or after `ms`. */
  #news(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake(), ms);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = () => {};
        resolve();
      };
    });
  }

  /** A player that failed once is closed: nothing of its group lives on. */
  async #fail(why: DeviceError): Promise<never> {
    this.#failure ??= why;
    await this.cut();
    throw why;
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
