import { z } from 'zod';
import { DeviceId } from '../content/area.ts';

/**
 * `POST /first-login`: the one-time code of a new account, or of one that lost its password, is exchanged for a password
 * of the owner's own choice. Answers 204.
 */
export const FirstLoginRequest = z.strictObject({
  /** Names of people follow the rule of device ids: both log on to one broker. */
  user: DeviceId,
  code: z.string().min(1).max(64),
  password: z.string().min(1).max(128),
});
export type FirstLoginRequest = z.infer<typeof FirstLoginRequest>;
