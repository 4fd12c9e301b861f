import { bandGainsOf, type PlayerConfig } from '../config/tower.ts';
import type { DeviceConfig } from '../config.ts';
import { AlsaPlayer } from '../drivers/sound/alsa-player.ts';
import { WavPlayer } from '../drivers/sound/wav-player.ts';
import type { Player, Voice } from '../sound-ports.ts';
import type { SoundRules } from '../tower/tower-performer.ts';
import { amplifierConfigOf } from './amplifier.ts';

/** The one way of sound out of this hall. */
export function choosePlayer(config: PlayerConfig): Player {
  if (config.type === 'wav') return new WavPlayer(config.folder);
  const card = new AlsaPlayer({ device: config.device });
  return config.type === 'alsa' ? card : new FirstThatOpens(card, new WavPlayer(config.folder));
}

/** The card, or a folder where there is none; whether there is one is seen when it is first opened, and stays so. */
class FirstThatOpens implements Player {
  readonly #card: Player;
  readonly #folder: Player;
  #chosen: Player | undefined;

  constructor(card: Player, folder: Player) {
    this.#card = card;
    this.#folder = folder;
  }

  get sink(): string {
    return (this.#chosen ?? this.#card).sink;
  }

  async arm(): Promise<Voice> {
    if (this.#chosen !== undefined) return this.#chosen.arm();
    try {
      const voice = await this.#card.arm();
      this.#chosen = this.#card;
      return voice;
    } catch {
      this.#chosen = this.#folder;
      return this.#folder.arm();
    }
  }
}

/** Loudness and timing of this hall, as written down. */
export function soundRulesOf(config: DeviceConfig): SoundRules {
  const { tower } = config;
  const amplifier = amplifierConfigOf(config);
  return {
    gainDb: tower?.gain_db ?? 0,
    ...(tower && { bandGainDb: bandGainsOf(tower), staggerMs: tower.stagger_ms }),
    ...(amplifier.type !== 'none' && { settleMs: amplifier.settle_ms }),
  };
}
