import { z } from 'zod';
import { DeviceId } from '../content/area.ts';
import { Instant } from '../content/instant.ts';
import { Transaction } from './answer.ts';
import { Screen } from './sign-screen.ts';

const transaction = { transaction: Transaction.optional() };

/** What the sign of a hall shows now. The hall is asked; who asks again within five seconds gets the same answer. */
export const ScreenRequest = z.strictObject({ device: DeviceId, ...transaction });
export type ScreenRequest = z.infer<typeof ScreenRequest>;
export const ScreenAnswer = z.object({
  device: DeviceId,
  /** By the server's clock; the other instants are the hall's. */
  heard_at: Instant,
  screen: Screen,
});
export type ScreenAnswer = z.infer<typeof ScreenAnswer>;

export const SIGN_REQUESTS = {
  screen: { request: ScreenRequest, answer: ScreenAnswer },
} as const;
