import type { HeldState } from './held-facts.ts';
import type { HeldOrder } from './held-order.ts';
import type { HeldProgramme } from './held-programme.ts';

export type Held = HeldOrder | HeldProgramme;

/** Where what is held lies. */
export interface HeldTable {
  add(held: Held): Promise<void>;
  get(id: string): Promise<Held | undefined>;
  /** Newest first; of all states where none is named. */
  list(states: HeldState[] | undefined, limit: number): Promise<Held[]>;
  /** False = it was decided before, or it is too late. */
  decide(
    id: string,
    decision: { state: HeldState; by: string; at: number; reason: string | null },
  ): Promise<boolean>;
  failed(id: string, reason: string): Promise<void>;
  /** Writes off what waited too long; resolves with it. */
  expire(now: number): Promise<Held[]>;
}
