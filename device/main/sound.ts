import { bandGainsOf, type PlayerConfig } from '../config/tower.ts';
import type { DeviceConfig } from '../config.ts';
import { AlsaPlayer } from '../drivers/alsa-player.ts';
import { WavPlayer } from '../drivers/wav-player.ts';
import type { Player } from '../ports.ts';
import type { SoundRules } from '../tower/tower-performer.ts';
import { amplifierConfigOf } from './amplifier.ts';

/** The one way of sound out of this hall. */
export async function choosePlayer(config: PlayerConfig): Promise<Player> {
  if (config.type === 'wav') return new WavPlayer(config.folder);
  const card = new AlsaPlayer({ device: config.device });
  if (config.type === 'alsa') return card;
  try {
    const voice = await card.arm();
    await voice.cut();
    return card;
  } catch {
    return new WavPlayer(config.folder);
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
