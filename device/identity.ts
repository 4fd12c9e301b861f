import { z } from 'zod';
import { DeviceId } from '../firmware-protocol/content/area.ts';
import { KeySet } from '../firmware-protocol/content/key-set.ts';
import { EnrolmentAnswer, EnrolmentCode, EnrolmentRequest } from '../firmware-protocol/http/enrolment.ts';
import { isServer } from '../firmware-protocol/http/enrolment-ticket.ts';

/** Of a signing key, 32 bytes base64url: a secret. */
const Seed = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

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

/** With what somebody came to this box. */
export const EnrolmentErrand = z.object({
  /** As it was typed; a secret until it is used. */
  code: EnrolmentCode,
  /** Base of the server's HTTP. */
  server: z.string().refine(isServer),
  /** The device that this box is to become, where that is known. */
  device: DeviceId.optional(),
});
export type EnrolmentErrand = z.infer<typeof EnrolmentErrand>;

/**
 * An enrolment from before its first try until the identity is kept: `enrolment.json`, mode 0600. Key and password are the box's
 * own making, so that the same question can be asked again: what was lost on the way, or with the power, is found by asking.
 */
export const BegunEnrolment = EnrolmentErrand.extend({
  format: z.literal(1),
  seed: Seed,
  password: EnrolmentRequest.shape.password.unwrap(),
});
export type BegunEnrolment = z.infer<typeof BegunEnrolment>;

/** What may be logged of an identity: never its password or seed. */
export function publicIdentity({ device, village, broker, media }: Identity): Record<string, string> {
  return { device, village, broker, media };
}
