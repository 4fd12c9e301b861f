import { z } from 'zod';

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

/** The sound of a hall. */
export const TowerConfig = z.strictObject({
  player: Player,
  /** Loudness of this hall against what the server prepared, dB. */
  gain_db: z.number().min(-40).max(12).default(0),
});
export type TowerConfig = z.infer<typeof TowerConfig>;
