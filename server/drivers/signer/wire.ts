import { z } from 'zod';
import { PublicKey, Signature } from '../../../firmware-protocol/content/signature.ts';

/** Between the server and its signer: one JSON document a line, each answered with its `id`. */
export const SignerAsk = z.discriminatedUnion('do', [
  z.object({ id: z.int(), do: z.literal('sign'), document: z.record(z.string(), z.unknown()) }),
  z.object({ id: z.int(), do: z.literal('trust'), ids: z.array(z.string()) }),
  z.object({ id: z.int(), do: z.literal('publics') }),
]);
export type SignerAsk = z.infer<typeof SignerAsk>;

export const SignerSays = z.object({
  id: z.int(),
  signature: Signature.optional(),
  publics: z.array(z.object({ id: z.string(), public: PublicKey })).optional(),
  /** An error code of the server, and why. */
  refused: z.object({ code: z.string(), why: z.string() }).optional(),
});
export type SignerSays = z.infer<typeof SignerSays>;
