const HOUR_MS = 3_600_000;

const GROWTH = {
  /** Programmes, caches and compiled code are there by then. */
  settles_ms: 1 * HOUR_MS,
  /** The least of so long is what is really held; what lies between two collections of garbage is not counted. */
  window_ms: 1 * HOUR_MS,
} as const;

/** Whether the agent grows: the least that it held in the last hour, beside the least of its second hour. */
export class MemoryGrowth {
  /** The least of each window, oldest first; only the first and the last whole one are kept. */
  #settledBytes: number | undefined;
  #lastBytes: number | undefined;
  #window = { since: GROWTH.settles_ms as number, bytes: Number.POSITIVE_INFINITY };

  /** `upMs` since the agent started. Returns by how much it has grown, bytes; undefined = not known yet. */
  take(upMs: number, rssBytes: number | undefined): number | undefined {
    if (rssBytes === undefined || upMs < GROWTH.settles_ms) return this.#grown();
    if (upMs - this.#window.since >= GROWTH.window_ms) {
      if (Number.isFinite(this.#window.bytes)) {
        this.#settledBytes ??= this.#window.bytes;
        this.#lastBytes = this.#window.bytes;
      }
      this.#window = { since: upMs, bytes: Number.POSITIVE_INFINITY };
    }
    this.#window.bytes = Math.min(this.#window.bytes, rssBytes);
    return this.#grown();
  }

  #grown(): number | undefined {
    if (this.#settledBytes === undefined || this.#lastBytes === undefined) return undefined;
    return this.#lastBytes - this.#settledBytes;
  }
}
