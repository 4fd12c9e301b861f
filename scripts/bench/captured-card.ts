import { execFileSync } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const FRAMES_PER_MS = 48;
const BYTES_PER_FRAME = 2;
/** Nothing more came for so long: it is over. */
const QUIET_MS = 200;

/**
 * A sound card that is a pipe behind ALSA's `file` plugin, which does not pace: this reader reckons when each frame would
 * have sounded. The card begins with the first bytes, goes on at its rate, and stands still where it ran dry. It takes what
 * comes at once: who is to be measured holds back by himself, and a reader that waits would take its own delay for theirs.
 */
export class CapturedCard {
  readonly path: string;
  readonly #pipe: Socket;
  #chunks: Buffer[] = [];
  #frames = 0;
  /** `performance.now()` at which frame 0 sounded. */
  #beganAt: number | undefined;
  /** Where it ran dry: from which frame on everything sounds so much later, ms. */
  #gaps: { frame: number; ms: number }[] = [];

  private constructor(path: string, pipe: Socket) {
    this.path = path;
    this.#pipe = pipe;
    pipe.on('data', (bytes) => this.#take(bytes, performance.now()));
  }

  static open(path: string): CapturedCard {
    execFileSync('mkfifo', [path]);
    // Read and write: it neither waits for the first writer nor ends with the last.
    const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    return new CapturedCard(path, new Socket({ fd, readable: true, writable: false }));
  }

  /** A line of `asound.conf` that makes it the device of that name. */
  alsaDevice(name: string): string {
    return `pcm.${name} { type file slave.pcm { type null } file "${this.path}" format raw }\n`;
  }

  /** Resolves when all that was sent has sounded. */
  async quiet(): Promise<void> {
    for (
      let leftMs = QUIET_MS;
      leftMs > 0;
      leftMs = this.soundedAt(this.#frames) + QUIET_MS - performance.now()
    )
      await wait(leftMs);
  }

  /** Forgets what was captured. */
  clear(): void {
    this.#chunks = [];
    this.#frames = 0;
    this.#beganAt = undefined;
    this.#gaps = [];
  }

  samples(): Int16Array {
    const bytes = Buffer.concat(this.#chunks);
    return Int16Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readInt16LE(i * BYTES_PER_FRAME));
  }

  /** `performance.now()` at which a frame sounded; NaN when nothing did. */
  soundedAt(frame: number): number {
    const lateMs = this.#gaps.filter((gap) => gap.frame <= frame).reduce((sum, gap) => sum + gap.ms, 0);
    return (this.#beganAt ?? Number.NaN) + frame / FRAMES_PER_MS + lateMs;
  }

  /** How often it ran dry, and for how long altogether, ms. */
  get dry(): { times: number; ms: number } {
    return { times: this.#gaps.length, ms: this.#gaps.reduce((sum, { ms }) => sum + ms, 0) };
  }

  close(): void {
    this.#pipe.destroy();
  }

  #take(bytes: Buffer, now: number): void {
    this.#beganAt ??= now;
    const lateMs = now - this.soundedAt(this.#frames);
    if (lateMs > 0) this.#gaps.push({ frame: this.#frames, ms: lateMs });
    this.#chunks.push(bytes);
    this.#frames += bytes.length / BYTES_PER_FRAME;
  }
}
