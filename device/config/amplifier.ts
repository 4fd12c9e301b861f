import { z } from 'zod';

/** What switches the amplifier of the tower. */
export const AmplifierConfig = z.discriminatedUnion('type', [
  /** The relay of the board. */
  z.strictObject({ type: z.literal('board') }),
  /** It is always on, or switches itself. */
  z.strictObject({ type: z.literal('none') }),
]);
export type AmplifierConfig = z.infer<typeof AmplifierConfig>;
