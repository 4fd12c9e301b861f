/** Durations and counts of the board link, with their reasons. */
export interface BoardTiming {
  /** A board that resets when its port is opened needs up to two seconds before it hears; hello is repeated so often. */
  helloEveryMs: number;
  helloTries: number;
  /** A quiet line is asked for a sign of life after so long. */
  pingAfterMs: number;
  /** The same while frames are on their way, and between pings that stay without answer. */
  probeEveryMs: number;
  /** So many pings without any answer: the board is gone. 500 + 4 x 250 ms keeps within the 2 s that F38 allows. */
  silentAfterPings: number;
  /**
   * A question whose frame arrived and whose answer did not is asked again. An answer comes before its acknowledgement (SPEC 6), so
   * this only spares boards that keep to that badly; eight tries, since one answer in three may be lost on a bad line.
   */
  answerMs: number;
  askTries: number;
  /** A frame lost so often means a line that carries nothing of this size: the session begins anew, with less. */
  maxSends: number;
  /** The same for a frame of more than twice the size that would be sent now: it was made before the noise began. */
  maxSendsOfLarge: number;
  /** Between tries to reach a board: doubles from first to most. One board a line, so nobody to collide with: no jitter. */
  retryFirstMs: number;
  retryMostMs: number;
  /**
   * The longest a frame may occupy the line, and the most that may be under way: what an amplifier command waits for. 180 ms are
   * 2 KB at the first rate: below that the heads of frames take more than 2 % of a photo.
   */
  frameMs: number;
  inFlightMs: number;
  /**
   * On a line that several boards share: the longest frame, and the bytes after which a burst takes no further frame. Together
   * the longest that an amplifier command waits for another board's page.
   */
  sharedFrameMs: number;
  burstMs: number;
  /** SPEC 5: the least time that a board has to begin its answer. */
  turnAtLeastMs: number;
}

export const BOARD_TIMING: BoardTiming = {
  helloEveryMs: 300,
  helloTries: 8,
  pingAfterMs: 500,
  probeEveryMs: 250,
  silentAfterPings: 4,
  answerMs: 250,
  askTries: 8,
  maxSends: 40,
  maxSendsOfLarge: 16,
  retryFirstMs: 250,
  retryMostMs: 5_000,
  frameMs: 180,
  inFlightMs: 350,
  sharedFrameMs: 90,
  burstMs: 100,
  turnAtLeastMs: 50,
};
