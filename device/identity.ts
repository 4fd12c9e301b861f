import { z } from 'zod';
import { KeySet } from '../firmware-protocol/content/key-set.ts';
import { EnrolmentAnswer } from '../firmware-protocol/http/enrolment.ts';

/** Of a signing key, 32 bytes base64url: a secret. */
export const Seed = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/**
 * Who this hall is, from its enrolment on: `identity.json`, mode 0600. The key set of the enrolment stays in it as
 * the last anchor: a box that lost its store still knows whom to believe, and follows the newer sets from there.
 */
export const Identity = z.object({
  format: z.literal(1),
  ...EnrolmentAnswer.omit({ keys: true }).shape,
  /** Of the device's signing key. A secret, as is `password`. */
  seed: Seed,
  keys: KeySet,
});
export type Identity = z.infer<typeof Identity>;

/** What may be logged of an identity: never its password or seed. */
export function publicIdentity({ device, village, broker, media }: Identity): Record<string, string> {
  return { device, village, broker, media };
}
