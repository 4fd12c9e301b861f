/** A request as the framework gives it. */
interface Slow {
  raw: { destroy(): unknown };
}

/** The body of a request is to be here within a time: whoever sends a byte now and then holds nothing open. */
export class BodyDeadlines {
  readonly #ms: number;
  readonly #timers = new WeakMap<Slow, NodeJS.Timeout>();

  constructor(ms: number) {
    this.#ms = ms;
  }

  begin(request: Slow): void {
    const timer = setTimeout(() => request.raw.destroy(), this.#ms);
    // A request that was aborted is never answered: its timer must not keep a server from ending.
    timer.unref();
    this.#timers.set(request, timer);
  }

  /** It is here, or was answered without. */
  end(request: Slow): void {
    clearTimeout(this.#timers.get(request));
  }
}
