/** When and how often the agent replaces itself. */
export const UPDATE_TIMES = {
  /** Between two looks while something is to be done: a server that does not answer, an announcement that is still on. */
  look_ms: 60_000,
  /** While there is nothing to do yet. A release that comes is looked at when it comes. */
  idle_look_ms: 15 * 60_000,
  /** After a look that failed (a full card, a server that gave nothing for hours): the card is not worn by trying. */
  failed_ms: 3_600_000,
  /** The first look: after the start everything else is more urgent. */
  first_look_ms: 120_000,
  /** Nothing is replaced or restarted so shortly before something is due (F44). */
  before_due_ms: 5 * 60_000,
  /** How long a new version has for showing that it works. The launcher itself ends it after an hour. */
  trial_ms: 15 * 60_000,
  /** It must have lived so long before it may be kept: what crashes, mostly crashes early. */
  proof_ms: 90_000,
  trial_look_ms: 5_000,
  /** One download of a whole version may take so long; what came is kept, and the next try goes on from there. */
  fetch_ms: 6 * 3_600_000,
  /** A try that failed is repeated after a day, then two, then four. */
  again_ms: 24 * 3_600_000,
} as const;

export const UPDATE_LIMITS = {
  /** Power cuts use up starts too, and a hall has three a day. */
  trialStarts: 3,
  /** A version that failed so often is left alone for good; the next one has its own count (FIELD: endless re-download). */
  tries: 3,
} as const;
