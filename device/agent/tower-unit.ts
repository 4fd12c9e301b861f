import { amplifierFacts } from '../amplifier/amplifier-health.ts';
import type { AmplifierRules } from '../amplifier/amplifier-rules.ts';
import { RestingPerformer } from '../amplifier/resting-performer.ts';
import { switchedAmplifier } from '../amplifier/switched-amplifier.ts';
import { isDeviceError } from '../errors.ts';
import type { WarningCode } from '../health/warning-catalogue.ts';
import type { Warnings } from '../health/warnings.ts';
import type { Performer } from '../playout/play.ts';
import type { Amplifier, Clock, Decoder, Player } from '../ports.ts';
import { ProvenPerformer } from '../proof/proven-performer.ts';
import { TappedPlayer } from '../proof/tapped-player.ts';
import { makeChime } from '../tower/chime.ts';
import { type SoundRules, TowerPerformer } from '../tower/tower-performer.ts';
import type { OutputKit, OutputUnit } from './parts.ts';

/** A sound device that is missing is looked for so often, while nothing is to be played. */
const LOOK_AGAIN_MS = 60_000;

export interface TowerHardware {
  player: Player;
  amplifier: Amplifier;
  /** Absent = nothing of ours switches the amplifier, and nothing is known of it. */
  rules?: AmplifierRules | undefined;
  decoder: Decoder;
  sound: SoundRules;
}

/** The tower of a hall: a performer, and the knowledge whether its hardware answers. */
export function towerUnit(hardware: TowerHardware, kit: OutputKit): OutputUnit & { performer: Performer } {
  const { clock, media, warnings, log } = kit;
  const { decoder, sound, rules } = hardware;
  const player = new WatchedPlayer(hardware.player, warnings, clock);
  const switched = rules && switchedAmplifier(hardware.amplifier, rules, { clock, warnings, log });
  const tapped = new TappedPlayer(player, clock);
  const tower = new TowerPerformer({
    player: tapped,
    amplifier: switched?.amplifier ?? hardware.amplifier,
    ...(rules && { amplifierTailMs: rules.tailMs }),
    decoder,
    chime: makeChime,
    ensureMedia: ({ sha256, bytes }, signal) => media.ensure(sha256, bytes, signal),
    ...{ clock, log, sound },
  });
  const power = switched && { log: switched.power, rules: switched.rules };
  const proven = new ProvenPerformer({ performer: tower, player: tapped, ...(power && { power }), clock });
  return {
    performer: switched ? new RestingPerformer(proven, switched.duty, clock) : proven,
    works: () => player.works,
    ...(switched && { health: () => ({ amplifier: amplifierFacts(switched.power, clock.monotonic()) }) }),
    start: () => {
      switched?.amplifier.begin();
      player.look();
    },
    stop: async () => {
      player.stop();
      await tower.close();
      switched?.amplifier.stop();
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
