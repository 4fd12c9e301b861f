import { isDeviceError } from '../errors.ts';
import type { WarningCode } from '../health/warning-catalogue.ts';
import type { Warnings } from '../health/warnings.ts';
import type { Amplifier, Clock, Decoder, Player } from '../ports.ts';
import { makeChime } from '../tower/chime.ts';
import { TowerPerformer } from '../tower/tower-performer.ts';
import type { OutputKit, OutputUnit } from './parts.ts';

/** A sound device that is missing is looked for so often, while nothing is to be played. */
const LOOK_AGAIN_MS = 60_000;

export interface TowerHardware {
  player: Player;
  amplifier: Amplifier;
  decoder: Decoder;
  gainDb: number;
}

/** The tower of a hall: a performer, and the knowledge whether its hardware answers. */
export function towerUnit(
  hardware: TowerHardware,
  kit: OutputKit,
): OutputUnit & { performer: TowerPerformer } {
  const { clock, media, warnings, log } = kit;
  const player = new WatchedPlayer(hardware.player, warnings, clock);
  const performer = new TowerPerformer({
    player,
    amplifier: watched(hardware.amplifier, warnings),
    decoder: hardware.decoder,
    chime: makeChime,
    ensureMedia: ({ sha256, bytes }, signal) => media.ensure(sha256, bytes, signal),
    ...{ clock, log, gainDb: hardware.gainDb },
  });
  return {
    performer,
    works: () => player.works,
    start: () => player.look(),
    stop: async () => {
      player.stop();
      await performer.close();
    },
  };
}

/** Notes whether the sound device could be opened the last time, and looks for it while it could not. */
class WatchedPlayer implements Player {
  readonly #player: Player;
  readonly #warnings: Warnings;
  readonly #clock: Clock;
  #cancel: () => void = () => {};
  /** A look under way: it holds the device for a moment, and whoever wants to play waits for it. */
  #looking: Promise<void> = Promise.resolve();
  #stopped = false;
  works = true;

  constructor(player: Player, warnings: Warnings, clock: Clock) {
    this.#player = player;
    this.#warnings = warnings;
    this.#clock = clock;
  }

  get sink(): string {
    return this.#player.sink;
  }

  async arm(): ReturnType<Player['arm']> {
    await this.#looking;
    return this.#open();
  }

  async #open(): ReturnType<Player['arm']> {
    this.#cancel();
    try {
      const voice = await this.#player.arm();
      this.works = true;
      this.#warnings.clear('no-sound-device');
      this.#warnings.clear('player-failed');
      return voice;
    } catch (error) {
      this.works = false;
      const code: WarningCode = isDeviceError(error, 'no-sound-device') ? 'no-sound-device' : 'player-failed';
      this.#warnings.raise(code, error instanceof Error ? error.message : String(error));
      if (!this.#stopped) this.#cancel = this.#clock.after(LOOK_AGAIN_MS, () => this.look());
      throw error;
    }
  }

  /** Opens and closes it without a sound. */
  look(): void {
    this.#looking = this.#open().then(
      (voice) => voice.cut(),
      () => {},
    );
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }
}

/** The same amplifier, with a warning while it does not answer. */
function watched(amplifier: Amplifier, warnings: Warnings): Amplifier {
  const noting = async (step: Promise<void>) => {
    try {
      await step;
      warnings.clear('amplifier-failed');
    } catch (error) {
      warnings.raise('amplifier-failed', error instanceof Error ? error.message : String(error));
      throw error;
    }
  };
  return {
    get senses() {
      return amplifier.senses;
    },
    on: () => noting(amplifier.on()),
    off: () => noting(amplifier.off()),
  };
}
