/** Does what it is given piece by piece, in the order in which it came; what fails keeps nothing behind it from being done. */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves and rejects as `work` does, when its turn has come. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  /** All that was given until now is done, well or not. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
