/** A session as it is kept. The cookie itself is kept nowhere. */
export interface SessionRecord {
  /** SHA-256 of the cookie. */
  id: string;
  user: string;
  /** SHA-256 of the stored password hash that opened it: another password, or none, ends it. */
  passwordSha: string;
  beganAt: number;
  until: number;
}

export interface SessionTable {
  get(id: string): Promise<SessionRecord | undefined>;
  /** Those of the account beyond the newest `most` are gone with it. */
  add(record: SessionRecord, most: number): Promise<void>;
  drop(id: string): Promise<void>;
  /** Accounts that somebody is logged on to, each once. */
  users(now: number): Promise<string[]>;
  dropExpired(before: number): Promise<void>;
}
