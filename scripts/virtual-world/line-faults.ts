/** Probabilities for each message that goes from the broker to a client, and times on the way, ms. */
export interface LineFaults {
  /** The broker forgets it though it said PUBACK to the sender, as brokers whose queue is full do. */
  drop: number;
  /** The client's PUBACK is lost, so it comes again with the next session. */
  unacknowledged: number;
  duplicate: number;
  /** The longest time on the way; different for each message, so that they overtake each other. */
  delay_ms: number;
  /** The longest time on the way to the broker; what is said first comes first. */
  up_ms: number;
  /** The longest time of an answer on its way back: CONNACK, SUBACK, PUBACK. */
  answer_ms: number;
  /** What the way to the broker carries. */
  bytesPerSecond: number;
}

export const QUIET_LINE: LineFaults = {
  ...{ drop: 0, unacknowledged: 0, duplicate: 0, delay_ms: 0 },
  ...{ up_ms: 0, answer_ms: 0, bytesPerSecond: Number.POSITIVE_INFINITY },
};
