/** What was recorded: mono, from -1 to 1. */
export interface Take {
  samples: Float32Array;
  rateHz: number;
}

/** The part that is kept, seconds. */
export interface Cut {
  from: number;
  until: number;
}

/** Shorter than any word: the server takes no less either. */
export const CUT_LEAST_SECONDS = 0.5;

export const secondsOf = ({ samples, rateHz }: Take): number => samples.length / rateHz;

/** As near to what was asked as the take has; at least `CUT_LEAST_SECONDS`, where there is so much. */
export function cutWithin(seconds: number, { from, until }: Cut): Cut {
  const least = Math.min(CUT_LEAST_SECONDS, seconds);
  const begins = Math.max(0, Math.min(from, seconds - least));
  return { from: begins, until: Math.max(begins + least, Math.min(until, seconds)) };
}

export function partOf({ samples, rateHz }: Take, { from, until }: Cut): Take {
  return { samples: samples.subarray(Math.round(from * rateHz), Math.round(until * rateHz)), rateHz };
}

export function joined(blocks: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    whole.set(block, at);
    at += block.length;
  }
  return whole;
}
