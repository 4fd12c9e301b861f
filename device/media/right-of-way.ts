/** What stands aside: aborted with the signal it was made of, or when somebody enters. Call `done` when it is over. */
export interface Aside {
  signal: AbortSignal;
  gaveWay: () => boolean;
  done: () => void;
}

/** On a thin line, files that are fetched ahead stand aside while one comes that somebody waits for. */
export class RightOfWay {
  #urgent = 0;
  readonly #asides = new Set<() => void>();
  readonly #waiting = new Set<() => void>();

  /** Somebody waits, until the function that is given is called. */
  enter(): () => void {
    this.#urgent += 1;
    for (const giveWay of this.#asides) giveWay();
    let isIn = true;
    return () => {
      if (isIn) this.#urgent -= 1;
      isIn = false;
      if (this.#urgent === 0) for (const go of this.#waiting) go();
    };
  }

  /** Resolves when nobody waits, or one of the signals is aborted. */
  async clear(...signals: AbortSignal[]): Promise<void> {
    while (this.#urgent > 0 && !signals.some(({ aborted }) => aborted))
      await untilAny(signals, (go) => {
        this.#waiting.add(go);
        return () => this.#waiting.delete(go);
      });
  }

  aside(signal: AbortSignal): Aside {
    const controller = new AbortController();
    const stop = () => controller.abort();
    let gaveWay = false;
    const giveWay = () => {
      gaveWay = !signal.aborted;
      stop();
    };
    this.#asides.add(giveWay);
    signal.addEventListener('abort', stop);
    return {
      signal: controller.signal,
      gaveWay: () => gaveWay,
      done: () => {
        this.#asides.delete(giveWay);
        signal.removeEventListener('abort', stop);
      },
    };
  }
}

/** Resolves when `arm` calls back or one of the signals is aborted, and takes everything back. */
export function untilAny(signals: AbortSignal[], arm: (go: () => void) => () => void): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      disarm();
      for (const signal of signals) signal.removeEventListener('abort', go);
      resolve();
    };
    const disarm = arm(go);
    for (const signal of signals) signal.addEventListener('abort', go);
    if (signals.some(({ aborted }) => aborted)) go();
  });
}
