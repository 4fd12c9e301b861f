/** Every duration and size of the playout, milliseconds unless the name says otherwise. */
export const PLAYOUT_TIMES = {
  /** Before its instant a play is made ready: media from a slow link, then decoder and sound device. */
  prepareAheadMs: 30_000,
  /** Before `leadMs` of its performer the durable `started` is written: room for an fsync on a tired card. */
  recordAheadMs: 500,
  /** A lower play that could begin waits this long for a higher one that is being made ready: no blip before an alert. */
  holdForHigherMs: 1_500,
  /** A play that takes longer to be made ready no longer keeps others from being made ready. */
  slowPrepareMs: 10_000,
  /** After a device error before the first sound: tried again after, for at most. */
  retryMs: 1_000,
  retryForMs: 10_000,
  /** A cut performance that is not over by then is abandoned; stop is promised within 1 s. */
  cutGraceMs: 800,
  /** Added to the length of a play: then it is cut, whatever it does. */
  overrunMs: 20_000,
  /** Wall clocks step: while something waits for an instant, it is looked at again at least this often. */
  followWallMs: 1_000,
  /** How long the sound waits for the durable `started`: a life is worth more than its record, a notice is not. */
  recordWaitMs: { lifeSafety: 1_000, others: 30_000 },
  /** An alert that has not begun by then is claimed by itself: it waits for another one, or for its media. */
  claimAloneMs: 100,
  /** A record that the store did not take is tried again after. */
  recordRetryMs: 5_000,
  /** Shutdown waits this long for the last records. */
  closeMs: 2_000,
} as const;

export const PLAYOUT_LIMITS = {
  /** Plays held per output, on air included. */
  plays: 32,
  /** Plays made ready at once per output: each holds a decoder. */
  preparing: 3,
  /** Records held in memory while the store cannot write. */
  records: 256,
  /** Of these, written in one commit: a disk of some seconds a write catches up, and a commit stays small. */
  recordsTogether: 16,
} as const;

/** Errors that may pass by themselves: a card that another program holds, a loose USB plug, a board that restarts. */
export const PASSING_ERRORS: ReadonlySet<string> = new Set([
  'no-sound-device',
  'player-hung',
  'player-failed',
  'decoder-hung',
  'panel-gone',
  'panel-silent',
  'amplifier-failed',
  'painter-failed',
]);
