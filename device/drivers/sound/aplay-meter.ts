import { SAMPLE_RATE_HZ } from '../../sound-ports.ts';

const FRAMES_PER_MS = SAMPLE_RATE_HZ / 1_000;
/** One line of aplay's level meter (`-V mono`): written after each chunk that the device has taken. */
const METER_LINE = /\r([^\r\n]*%)?/g;
/** Of the setup, which has some 800 characters; a program that floods instead is not remembered. */
const DUMP_CHARS = 8_000;
const UNDERRUN = 'underrun!!!';
/** Longest piece of a line that may be cut in two by the pipe: a meter line has 57 characters. */
const HELD_CHARS = 80;

/** What the device really does, as `snd_pcm_dump` tells it, frames. */
export interface DeviceSetup {
  period: number;
  buffer: number;
  /** It starts when so many frames are in its buffer. */
  startsAt: number;
}

/** A stretch without a gap: frame `frame` sounds at the monotonic instant `at`. */
interface Run {
  frame: number;
  at: number;
}

/**
 * Reads on aplay's stderr what became of the samples: the setup (`-v`), a line of the level meter for each chunk that
 * the device took (`-V mono`), and its underruns. A pipe takes everything; only this tells what the device took, and when.
 */
export class AplayMeter {
  readonly #monotonic: () => number;
  #setup: DeviceSetup | undefined;
  #dump = '';
  #held = '';
  #chunks = 0;
  #underruns = 0;
  /** Chunks that the device had taken when it last ran dry. */
  #dryAt = 0;
  #run: Run | undefined;
  /** Of this run nothing was to be had earlier, monotonic ms. */
  #notBefore = Number.POSITIVE_INFINITY;
  #tellReady: () => void = () => {};
  /** aplay tells the setup when the device is open and has taken it, and not before. */
  readonly ready: Promise<void>;
  /** Called after each piece of news. */
  onChange: () => void = () => {};

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
    this.ready = new Promise((resolve) => {
      this.#tellReady = resolve;
    });
  }

  get setup(): DeviceSetup | undefined {
    return this.#setup;
  }

  get underruns(): number {
    return this.#underruns;
  }

  /** Frames that the device has taken; the last chunk of a voice is filled up with silence. */
  taken(): number {
    return this.#chunks * (this.#setup?.period ?? 0);
  }

  /** Monotonic instant at which a frame sounds; undefined until the device has started. */
  soundsAt(frame: number): number | undefined {
    return this.#run && this.#run.at + (frame - this.#run.frame) / FRAMES_PER_MS;
  }

  /** Samples are about to be written, after so many others. */
  writing(after: number): void {
    const now = this.#monotonic();
    // All that went before was taken and has had its time: whether the device says so or not, it stood still.
    const isAllTaken = this.taken() + (this.#setup?.period ?? 0) > after;
    if (isAllTaken && now > (this.soundsAt(after) ?? now)) this.#ranDry();
    this.#notBefore = Math.min(this.#notBefore, now);
  }

  /** Takes what aplay said; returns it without what was for the meter, for people to read. */
  hear(said: string): string {
    const now = this.#monotonic();
    if (this.#setup === undefined) this.#readSetup(said);
    const words = this.#held + said;
    // An underrun is told between two meter lines: in their order, or the count is wrong.
    for (const piece of words.split(/(?<=underrun!!!)/)) {
      for (let n = piece.match(METER_LINE)?.length ?? 0; n > 0; n -= 1) this.#took(now);
      if (piece.endsWith(UNDERRUN)) this.#ranDry();
    }
    this.#held = heldBack(words);
    this.onChange();
    return said.replace(METER_LINE, '');
  }

  #readSetup(said: string): void {
    this.#dump = (this.#dump + said).slice(-DUMP_CHARS);
    const figure = (name: string) => Number(new RegExp(`${name}\\s*: (\\d+)\\n`).exec(this.#dump)?.[1]);
    const setup = {
      period: figure('period_size'),
      buffer: figure('buffer_size'),
      startsAt: figure('start_threshold'),
    };
    if (!Object.values(setup).every((frames) => frames > 0)) return;
    this.#setup = setup;
    this.#dump = '';
    this.#tellReady();
  }

  /** The line comes after the device took the chunk: each is a bound from above, and the least of them is the best. */
  #took(now: number): void {
    this.#chunks += 1;
    if (this.#setup === undefined) return;
    const { period, buffer, startsAt } = this.#setup;
    const inRun = (this.#chunks - this.#dryAt) * period;
    if (inRun < Math.min(startsAt, buffer)) return;
    // Beyond a full buffer a chunk is taken when another has sounded.
    const at = now - Math.max(0, inRun - buffer) / FRAMES_PER_MS;
    // A device that does not pace (a file) takes more than its buffer holds: what it says of that means nothing.
    if (this.#run === undefined || (at < this.#run.at && at >= this.#notBefore))
      this.#run = { frame: this.#dryAt * period, at };
  }

  #ranDry(): void {
    // It may be told of what was seen already: nothing was taken since.
    if (this.#dryAt < this.#chunks) this.#underruns += 1;
    this.#dryAt = this.#chunks;
    this.#run = undefined;
    this.#notBefore = Number.POSITIVE_INFINITY;
  }
}

/** The beginning of an underrun that the pipe has cut in two. */
function heldBack(words: string): string {
  const tail = words.slice(-HELD_CHARS);
  for (let length = Math.min(UNDERRUN.length - 1, tail.length); length > 0; length -= 1)
    if (UNDERRUN.startsWith(tail.slice(-length))) return tail.slice(-length);
  return '';
}
