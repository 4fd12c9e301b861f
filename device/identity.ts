import { z } from 'zod';
import { KeySet } from '../firmware-protocol/content/key-set.ts';
import { EnrolmentAnswer } from '../firmware-protocol/http/enrolment.ts';

/**
 * Who this hall is, from its enrolment on: `identity.json`, mode 0600. The key set of the enrolment stays in it as
 * the last anchor: a box that lost its store still knows whom to believe, and follows the newer sets from there.
 */
export const Identity = z.object({
  format: z.literal(1),
  ...EnrolmentAnswer.omit({ keys: true }).shape,
  /** Seed of the device's signing key, 32 bytes base64url. A secret, as is `password`. */
  seed: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  keys: KeySet,
});
export type Identity = z.infer<typeof Identity>;

/** What may be logged of an identity: never its password or seed. */
export function publicIdentity({ device, village, broker, media }: Identity): Record<string, string> {
  return { device, village, broker, media };
}
