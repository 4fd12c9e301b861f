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
