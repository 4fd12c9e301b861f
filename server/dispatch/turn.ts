/** Whoever waits for this process comes first. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
