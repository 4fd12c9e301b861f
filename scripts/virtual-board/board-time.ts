/** The board's own sense of time: passed in, so that tests need not wait. */
export interface BoardTime {
  /** Milliseconds from some start; never steps. */
  now(): number;
  /** Calls once after so many ms; returns the way to take it back. */
  after(ms: number, call: () => void): () => void;
}

export const REAL_TIME: BoardTime = {
  now: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms).unref();
    return () => clearTimeout(timer);
  },
};
