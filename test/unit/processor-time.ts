/**
 * A watch that begins now and tells milliseconds of the processor in this process: others may be at work on the machine, and
 * their turns are not counted.
 */
export function processorWatch(): () => number {
  const began = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1_000;
  };
}

/** Milliseconds of the processor (others may be at work beside this test): in all, and the most in which nobody else had a turn. */
export async function costOf(work: () => Promise<unknown>): Promise<{ busyMs: number; heldUpMs: number }> {
  const busy = processorWatch();
  let [last, heldUpMs, running] = [0, 0, true];
  const look = () => {
    const now = busy();
    [heldUpMs, last] = [Math.max(heldUpMs, now - last), now];
    if (running) setImmediate(look);
  };
  look();
  await work();
  running = false;
  look();
  return { busyMs: last, heldUpMs };
}
