/** Durations and counts of the way to another maker's sign, with their reasons. */
export interface SignTiming {
  /** An answer comes within this after the question has left; with the tries it keeps within 2 s, as for our own boards. */
  answerMs: number;
  /** A question lost to noise is asked again. */
  answerTries: number;
  /** Between tries to open the line: doubles from first to most. */
  retryFirstMs: number;
  retryMostMs: number;
}

export const SIGN_TIMING: SignTiming = {
  answerMs: 600,
  answerTries: 3,
  retryFirstMs: 250,
  retryMostMs: 5_000,
};

/**
 * Bytes handed to the line at once. A line at 9600 baud carries them in 1.1 s, within the deadline for a write of the
 * serial driver (2 s), whatever the length of a page.
 */
export const WRITE_BYTES = 1_024;
