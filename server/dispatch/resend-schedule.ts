/** When an unanswered order is sent again to a device that is there. The device knows the id and plays it once. */
export const RESEND = {
  /** Longer than verify, claim and report take on a slow line; then doubling, so a deaf device costs little. */
  waitSeconds: [5, 10, 20, 40, 60],
  /** Part of the wait that is drawn by lot: 75,000 devices must not answer in step. */
  jitter: 0.3,
  /** How often the outbox is looked through. */
  roundSeconds: 1,
  /** Sent so often (5 and 15 s apart at the least) and not answered, a hall that is there counts as silent. */
  silentAfterSends: 3,
  /** Documents sent in one round: a province that comes back does not fill the broker. */
  perRound: 500,
  /**
   * From its commit on, so long an order has the machine to itself: a broker tells ten thousand halls in a quarter of a second. Who answers
   * sooner, or is asked about, needs no row.
   */
  rowsAfter_ms: 500,
  /** Rows of halls written in one go behind an order: some ms, so that nobody who asks or answers waits longer for them. */
  rowsAtOnce: 1_000,
} as const;

/** Ms until the send after the `sends`-th; `lot` from 0 up to 1. */
export function resendWaitMs(sends: number, lot: number): number {
  const waits = RESEND.waitSeconds;
  const seconds = waits[Math.min(Math.max(sends, 1), waits.length) - 1] ?? 60;
  return Math.round(seconds * 1_000 * (1 - RESEND.jitter + 2 * RESEND.jitter * lot));
}

/** Nothing waits longer than this, unless the clock was set back. */
export function longestWaitMs(): number {
  return resendWaitMs(RESEND.waitSeconds.length, 1);
}
