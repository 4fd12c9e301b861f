import { z } from 'zod';

/** Evidence that the tower was heard. */
export const ProofConfig = z.strictObject({
  /** A microphone within earshot of the horns, on a capture device that nothing else uses; absent = whether it was heard is not known. */
  microphone: z
    .strictObject({
      /** ALSA name of the card that it is plugged into: `plughw:CARD=Device`. */
      device: z.string().min(1).max(128),
    })
    .optional(),
});
export type ProofConfig = z.infer<typeof ProofConfig>;
