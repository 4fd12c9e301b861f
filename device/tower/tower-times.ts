/** Every duration of the tower, milliseconds. */
export const TOWER_TIMES = {
  /** Silence before words without a chime: sound cards and amplifiers that wake up swallow the first syllable. */
  wakeMs: 150,
  /** Silence before an instant: meanwhile the device tells when it really began, and the rest is counted in frames. */
  countInMs: 400,
  /** So long before its turn the rest of that silence is counted: late enough to have heard the device, and no later. */
  countMs: 40,
  /** Silence after the last word, so that no amplifier cuts into it. */
  tailMs: 300,
  /** At a cut: short enough to be at once, long enough not to click in a 600 W horn. */
  fadeMs: 10,
  /** Granularity of what is written, and so of how soon a cut is heard. A period of the device. */
  sliceMs: 10,
  /** Between the chimes that are made ahead, others have the processor. */
  chimeApartMs: 500,
  /** Decoded ahead of what sounds: the decoder of the next part starts meanwhile. */
  readAheadMs: 2_000,
  /** A notice that was cut goes on this much earlier where no pause in the speech is found: half words are heard again. */
  rewindMs: 1_500,
  /** Before its instant, besides what the amplifier needs to settle, the tower is called: it opens the device and counts in. */
  callAheadMs: 1_000,
  /** The amplifier has to answer within. */
  amplifierMs: 5_000,
  /** After a pre-emption amplifier and sound device stay on for the next play: relays that clatter wear out. */
  lingerMs: 500,
  /** A voice that was handed on gets silence after: less than what its device holds. */
  feedAfterMs: 50,
  /** The amplifier that did not go off is told again after, so many times. */
  offAgainMs: 2_000,
  /** A cut sound device may play out its buffer until then; then it is killed. */
  cutMs: 400,
  /** On air longer than content and tail by this much: off, whatever hangs (I7). */
  onTimeLimitMs: 10_000,
} as const;

export const OFF_ATTEMPTS = 5;

/** Nothing leaves louder, whatever the gain: above it, amplifier inputs and lossy codecs clip. */
export const CEILING_DBFS = -1;
