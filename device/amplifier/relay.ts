/** A switch in the mains of the amplifier, which says nothing of what the amplifier does. */
export interface Relay {
  /** Resolves when it was told. Rejects `amplifier-failed`. */
  on(): Promise<void>;
  off(): Promise<void>;
  /** Why it is known not to be held on any more, though nobody let go of it; undefined = nothing is known against it. */
  lost(): string | undefined;
}
