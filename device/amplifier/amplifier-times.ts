/** Every duration of looking after the amplifier, milliseconds. */
export const AMPLIFIER_TIMES = {
  /** It answers within, or it does not answer. */
  answerMs: 4_500,
  /** While it is on: often enough that a short notice has three readings, seldom enough for a board on a shared line. */
  sampleMs: 1_000,
  /** After it was switched off: capacitors of a large amplifier are empty by then, so what still flows comes from the mains. */
  drainedMs: 3_000,
  /** After the start: a board that resets when its port is opened answers within two seconds. */
  firstLookMs: 5_000,
  /** After the start: so long a board may be on its way. It is tried each five seconds at most, and has two and a half for its hello. */
  comingMs: 15_000,
  /** While it is off: whether it is hot, whether current flows that should not, and whether an `off` that failed does now. */
  idleMs: 60_000,
} as const;

/** One reading may be taken while a relay moves; so many in a row are not. */
export const READINGS_THAT_TELL = { noCurrent: 3, stuck: 2 } as const;

/** Cooler than the limit by so much: a warning that is over does not come and go with every notice. */
export const COOLER_BY_C = 10;

/** Switching is remembered for a day at most, and no more often than this. */
export const POWER_LOG_LIMITS = { stretches: 2_000, readings: 3_600 } as const;
