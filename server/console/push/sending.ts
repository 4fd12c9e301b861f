import type { RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { codeOf, Unreachable } from '../wire/failure.ts';

/** A push with the id that it will have wherever it is told of: sent twice, it is made once. */
export type NamedPush = RequestOf<'push'> & { order: string };

/**
 * On its way out. `counting`: it may still be taken back. `sending`: nobody knows yet. `unanswered`: it may have arrived, or been stored, and is not sent
 * again by itself.
 */
export type Sending =
  | { name: 'idle' }
  | { name: 'counting'; push: NamedPush; until: number }
  | { name: 'sending'; push: NamedPush }
  | { name: 'unanswered'; push: NamedPush };

export const IDLE: Sending = { name: 'idle' };

/** Time to see that it was the wrong district. A warning has no such pause. */
export const UNDO_MS = 5_000;

/** As it was when the page was left: what had not gone stays here, what had gone may have arrived. */
export function afterReload(kept: Sending): Sending {
  if (kept.name === 'sending') return { name: 'unanswered', push: kept.push };
  return kept.name === 'counting' ? IDLE : kept;
}

/** A proof is good once: what is asked again is asked without it. */
export function withoutProof({ proof: _used, ...push }: NamedPush): NamedPush {
  return push;
}

/** Nobody answered, or the server does not know what its database has stored: then it is sent again under the same id, or not at all. */
export function afterFailure(push: NamedPush, failed: unknown): Sending {
  const mayBeStored = failed instanceof Unreachable || codeOf(failed) === 'database-down';
  return mayBeStored ? { name: 'unanswered', push: withoutProof(push) } : IDLE;
}
