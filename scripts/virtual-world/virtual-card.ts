import { DeviceError } from '../../device/errors.ts';
import { pause } from '../../device/playout/waiting.ts';
import { type Decoder, type Player, SAMPLE_RATE_HZ, type Voice } from '../../device/sound-ports.ts';
import type { Life } from './life.ts';

const FRAMES_PER_MS = SAMPLE_RATE_HZ / 1_000;

const CARD_TIMES = {
  /** What its ring holds ahead of what sounds. */
  ring_ms: 500,
  /** It takes more when so much of the ring is left: few wake-ups make long worlds. */
  wake_ms: 250,
} as const;

/** A sound card that lasts: one voice at a time, paced as a ring of half a second is. It can be pulled out. */
export class VirtualCard {
  /** Nothing can be opened, and what is open fails. */
  isGone = false;
  /** Called with each piece that is not all silence, and when it sounds: ms from now. */
  sounds: (inMs: number) => void = () => {};
  /** Frames taken, of all voices. */
  taken = 0;
  #open: CardVoice | undefined;

  /** The card as one life of the agent has it: what that life held open ends with it. */
  player(life: Life): Player {
    return {
      sink: 'virtual',
      arm: async () => {
        await life.only(undefined);
        if (this.isGone) throw new DeviceError('no-sound-device');
        if (this.#open?.isOpen) throw new DeviceError('no-sound-device', { why: 'busy' });
        const voice = new CardVoice(this, life);
        this.#open = voice;
        return voice;
      },
    };
  }
}

class CardVoice implements Voice {
  readonly #card: VirtualCard;
  readonly #life: Life;
  readonly #over = new AbortController();
  #startedAt: number | undefined;
  #frames = 0;

  constructor(card: VirtualCard, life: Life) {
    this.#card = card;
    this.#life = life;
  }

  get isOpen(): boolean {
    return !this.#over.signal.aborted && this.#life.alive;
  }

  async write(samples: Int16Array): Promise<void> {
    const { clock } = this.#life;
    this.#startedAt ??= clock.monotonic();
    if (this.#ahead_ms() > CARD_TIMES.ring_ms)
      await pause(clock, this.#ahead_ms() - CARD_TIMES.wake_ms, this.#over.signal);
    await this.#life.only(undefined);
    if (!this.isOpen) throw new DeviceError('player-failed', { why: 'the voice is closed' });
    if (this.#card.isGone) throw new DeviceError('player-failed', { why: 'the card is gone' });
    const silent = samples.findIndex((sample) => sample !== 0);
    if (silent >= 0) this.#card.sounds(this.#ahead_ms() + silent / FRAMES_PER_MS);
    this.#frames += samples.length;
    this.#card.taken += samples.length;
  }

  async drain(): Promise<void> {
    await pause(this.#life.clock, this.#ahead_ms(), this.#over.signal);
    await this.cut();
  }

  async cut(): Promise<void> {
    this.#over.abort();
    await this.#life.only(undefined);
  }

  frames(): number {
    return this.#frames;
  }

  nextAt(): number | undefined {
    return this.#startedAt === undefined ? undefined : this.#life.clock.monotonic() + this.#ahead_ms();
  }

  /** A ring that ran dry starts again with the next write. */
  #ahead_ms(): number {
    const now = this.#life.clock.monotonic();
    const ahead = this.#frames / FRAMES_PER_MS - (now - (this.#startedAt ?? now));
    if (ahead >= 0) return ahead;
    this.#startedAt = now - this.#frames / FRAMES_PER_MS;
    return 0;
  }
}

/** Sound of which only the length matters: the path is a number of milliseconds, in hexadecimal. */
export const LENGTH_DECODER: Decoder = {
  inspect: async (path) => Number.parseInt(path, 16),
  async *decode(path, signal) {
    for (let left = Number.parseInt(path, 16) * FRAMES_PER_MS; left > 0; left -= HUM.length) {
      if (signal.aborted) return;
      yield HUM.subarray(0, Math.min(left, HUM.length));
    }
  },
};

/** Half a second of a tone that never holds two zeros in a row. */
const HUM = Int16Array.from(
  { length: SAMPLE_RATE_HZ / 2 },
  (_, at) => Math.round(8_000 * Math.sin(at * 0.05)) + (at % 2 === 0 ? 1 : -1),
);
