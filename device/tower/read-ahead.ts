/** Pulls samples from a source ahead of who needs them, up to a bound. The source's error comes out in its place. */
export class ReadAhead {
  readonly #closed = new AbortController();
  readonly #source: AsyncIterator<Int16Array>;
  readonly #maxFrames: number;
  readonly #chunks: Int16Array[] = [];
  #frames = 0;
  #end: { error?: unknown } | undefined;
  #changed: (() => void)[] = [];

  /** The source gets a signal that ends it when this is closed. */
  constructor(source: (closed: AbortSignal) => AsyncIterable<Int16Array>, maxFrames: number) {
    this.#source = source(this.#closed.signal)[Symbol.asyncIterator]();
    this.#maxFrames = maxFrames;
    void this.#pump();
  }

  /** Resolves when the first samples are there, or the source is known to be empty; rejects with the source's error. */
  async primed(): Promise<void> {
    while (this.#chunks.length === 0 && this.#end === undefined) await this.#change();
    if (this.#chunks.length === 0) this.#throwError();
  }

  /** The next samples; undefined at the end or after `close`. */
  async next(): Promise<Int16Array | undefined> {
    while (this.#chunks.length === 0 && this.#end === undefined) await this.#change();
    const chunk = this.#chunks.shift();
    if (chunk === undefined) this.#throwError();
    this.#frames -= chunk?.length ?? 0;
    this.#tell();
    return chunk;
  }

  /** Ends it at once; who waits for samples gets undefined. */
  close(): void {
    this.#end = {};
    this.#chunks.length = 0;
    this.#closed.abort();
    this.#tell();
    // A source in the middle of a read answers when the signal has ended it; nobody waits for that here.
    this.#source.return?.()?.catch(() => {});
  }

  async #pump(): Promise<void> {
    try {
      while (this.#end === undefined) {
        const { done, value } = await this.#source.next();
        if (this.#end !== undefined) return;
        if (done) this.#end = {};
        else this.#add(value);
        this.#tell();
        while (this.#frames >= this.#maxFrames && this.#end === undefined) await this.#change();
      }
    } catch (error) {
      this.#end ??= { error };
      this.#tell();
    }
  }

  #add(chunk: Int16Array): void {
    this.#chunks.push(chunk);
    this.#frames += chunk.length;
  }

  #throwError(): void {
    if (this.#end !== undefined && 'error' in this.#end) throw this.#end.error;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#changed.push(resolve);
    });
  }

  #tell(): void {
    for (const wake of this.#changed.splice(0)) wake();
  }
}
