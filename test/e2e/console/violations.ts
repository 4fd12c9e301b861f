/** What pages did, or tried, that their policy forbids; each journey fails on it. */
let violations: string[] = [];

export function tellViolation(words: string): void {
  violations.push(words);
}

/** Those so far, which are then no fault of the journey. */
export function takenViolations(): string[] {
  const taken = violations;
  violations = [];
  return taken;
}
