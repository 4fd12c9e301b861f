import type { PublicKey } from '../../firmware-protocol/content/signature.ts';
import type { Secrets, Signer } from '../ports.ts';

/** A signer, in this process or in one of its own. */
export interface KeyedSigner extends Signer {
  /** Public halves of what it holds. */
  publics(): Promise<{ id: string; public: PublicKey }[]>;
  /** The halls are told to know these keys: reads the private halves again, and uses no others. */
  trust(ids: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export type SecretReader = Pick<Secrets, 'read'>;
