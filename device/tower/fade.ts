/** The samples, rising from silence over their first `frames`. */
export function fadeIn(samples: Int16Array, frames: number): Int16Array {
  return samples.map((sample, i) => (i < frames ? Math.round(sample * raisedCosine(i / frames)) : sample));
}

/** The samples, falling to silence over their last `frames`. */
export function fadeOut(samples: Int16Array, frames: number): Int16Array {
  const start = samples.length - frames;
  return samples.map((sample, i) =>
    i < start ? sample : Math.round(sample * raisedCosine((samples.length - 1 - i) / frames)),
  );
}

/** 0 -> 0, 1 -> 1, without corners: a corner is heard as a click. */
function raisedCosine(x: number): number {
  return (1 - Math.cos(Math.PI * Math.min(1, x))) / 2;
}
