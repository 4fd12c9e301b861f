import { z } from 'zod';
import { BANDS, type Band, type BandName } from '../../firmware-protocol/content/band.ts';

const Player = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('alsa'), device: z.string().min(1).default('default') }),
    z.strictObject({ type: z.literal('wav'), folder: z.string().min(1) }),
    /** The sound card if there is one, else the folder. */
    z.strictObject({
      type: z.literal('auto'),
      device: z.string().min(1).default('default'),
      folder: z.string().min(1),
    }),
  ])
  .default({ type: 'alsa', device: 'default' });
export type PlayerConfig = z.infer<typeof Player>;

const Gain = z.number().min(-40).max(12);
const BAND_NAMES = Object.keys(BANDS) as BandName[];

/** The sound of a hall. */
export const TowerConfig = z.strictObject({
  player: Player,
  /** Loudness of this hall against what the server prepared, dB. */
  gain_db: Gain.default(0),
  /** Added to it for a band, dB: `{ "relay": 3 }` for a receiver that is faint. */
  band_gain_db: z.partialRecord(z.enum(BAND_NAMES), Gain).default({}),
  /**
   * The sound device is held open while nothing is played, so that an alert does not wait for a program to start. False
   * where other programs need the device in between.
   */
  stays_ready: z.boolean().default(true),
  /** What begins at an instant begins here so much later, ms, for the echo of neighbouring towers: see operate.md. */
  stagger_ms: z.int().min(0).max(10_000).default(0),
});
export type TowerConfig = z.infer<typeof TowerConfig>;

/** By the number of the band. */
export function bandGainsOf({ band_gain_db }: TowerConfig): Partial<Record<Band, number>> {
  return Object.fromEntries(
    Object.entries(band_gain_db).map(([name, gainDb]) => [BANDS[name as BandName], gainDb]),
  );
}
