import type { Clock } from '../ports.ts';
import { type Player, SAMPLE_RATE_HZ, type Voice } from '../sound-ports.ts';
import { SentMeter } from './sent-meter.ts';

/** The same sound device, with a meter on its input. */
export class TappedPlayer implements Player {
  readonly #player: Player;
  readonly #clock: Clock;
  #meter = new SentMeter();

  constructor(player: Player, clock: Clock) {
    this.#player = player;
    this.#clock = clock;
  }

  get sink(): string {
    return this.#player.sink;
  }

  /** Measures from here on; what is on air now is the business of who called this last. */
  begin(): SentMeter {
    this.#meter = new SentMeter();
    return this.#meter;
  }

  async arm(): Promise<Voice> {
    const voice = await this.#player.arm();
    const write = async (samples: Int16Array): Promise<void> => {
      const meter = this.#meter;
      const calledAt = this.#clock.monotonic();
      await voice.write(samples);
      meter.add(samples, calledAt);
      const nextAt = voice.nextAt?.();
      if (nextAt !== undefined) meter.soundsNextAt(nextAt);
    };
    // A proxy, so that whatever else a voice can do it still can.
    return new Proxy(voice, {
      get(target, name) {
        if (name === 'write') return write;
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  }
}

/** How long so many frames take, ms. */
export function msOf(frames: number): number {
  return (frames * 1_000) / SAMPLE_RATE_HZ;
}
