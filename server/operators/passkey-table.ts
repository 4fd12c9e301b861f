/** A key of a person's own device. The private half never leaves it. */
export interface PasskeyRecord {
  /** The credential's id, base64url. */
  id: string;
  user: string;
  /** SubjectPublicKeyInfo, base64url. */
  publicKey: string;
  /** Signatures so far, as the authenticator counts them; 0 = it does not. */
  count: number;
  title: string;
  madeAt: number;
  usedAt: number | null;
}

export interface PasskeyTable {
  get(id: string): Promise<PasskeyRecord | undefined>;
  /** The oldest first. */
  of(user: string): Promise<PasskeyRecord[]>;
  /** Fails where the id is known. */
  add(record: PasskeyRecord): Promise<void>;
  used(id: string, count: number, at: number): Promise<void>;
  drop(user: string, id: string): Promise<void>;
  dropOf(user: string): Promise<void>;
}
