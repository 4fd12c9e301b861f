/** One frame on the sign, for so long. */
export interface Moment {
  /** Number of the frame, from 0. */
  frame: number;
  ms: number;
}

export const ANIMATION = {
  /**
   * Deflated, a drawn frame of 64 x 64 is 0.4 to 0.7 KB, which 115,200 baud carry in 60 ms, a photo of 128 x 64 4.2 KB, which
   * take 0.4 s: drawings keep time on any line, photos come slower than they were made.
   */
  leastFrameMs: 250,
  /** Screens of one animation: each waits in memory until it is shown. A longer stand gets slower steps. */
  mostScreens: 40,
  /** What browsers give a frame that claims to stand for no time at all. */
  unsaidDelayMs: 100,
  /** Below this a delay counts as unsaid. */
  leastSaidMs: 20,
} as const;

/**
 * An animation as a run of screens that fills `totalMs`, from its start, again and again: at the speed it was made for, but
 * leaving out the frames that a serial line could not carry. `delaysMs`: how long each frame stands. At least one screen.
 */
export function momentsOf(
  delaysMs: number[],
  totalMs: number,
  mostScreens: number = ANIMATION.mostScreens,
): Moment[] {
  const delays = delaysMs.map((ms) => (ms < ANIMATION.leastSaidMs ? ANIMATION.unsaidDelayMs : ms));
  if (delays.length <= 1) return [{ frame: 0, ms: totalMs }];
  const leastMs = Math.max(ANIMATION.leastFrameMs, Math.ceil(totalMs / mostScreens));
  const moments: Moment[] = [];
  for (let at = 0; at < totalMs; ) {
    const { frame, endsIn } = frameAt(delays, at);
    const rest = totalMs - at;
    const wanted = Math.max(leastMs, endsIn);
    // What is left after it must be worth a screen of its own.
    const ms = rest - wanted < leastMs ? rest : wanted;
    const last = moments.at(-1);
    if (last?.frame === frame) last.ms += ms;
    else moments.push({ frame, ms });
    at += ms;
  }
  return moments;
}

function frameAt(delays: number[], at: number): { frame: number; endsIn: number } {
  let into = at % delays.reduce((sum, ms) => sum + ms, 0);
  for (const [frame, ms] of delays.entries()) {
    if (into < ms) return { frame, endsIn: ms - into };
    into -= ms;
  }
  throw new RangeError(`no frame at ${at} ms`);
}
