import { z } from 'zod';

/** Live inputs: the receiver of the command net, the microphone of the village. */
export const InputsConfig = z.strictObject({});
export type InputsConfig = z.infer<typeof InputsConfig>;
