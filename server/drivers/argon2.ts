import { hash, verify } from '@node-rs/argon2';
import type { PasswordHash } from '../ports.ts';

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane; some 20 ms on a server's core. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** argon2id (the library's default variant), run off the main thread. */
export function argon2(): PasswordHash {
  return {
    hash: (password) => hash(password, COST),
    matches: (hashed, password) => verify(hashed, password),
  };
}
