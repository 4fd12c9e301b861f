import type { PlayerConfig } from '../config/tower.ts';
import { AlsaPlayer } from '../drivers/alsa-player.ts';
import { WavPlayer } from '../drivers/wav-player.ts';
import type { Player } from '../ports.ts';

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
