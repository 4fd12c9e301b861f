export interface HeldFile {
  name: string;
  bytes: number;
  /** Epoch ms of the last use. */
  usedAt: number;
}

/**
 * Which files must go so that the rest fits into the budget: least recently used first, none that `keep` holds on to.
 * When what must stay is too much already, all that may go goes.
 */
export function toEvict(files: HeldFile[], budgetBytes: number, keep: (file: HeldFile) => boolean): string[] {
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const evicted: string[] = [];
  for (const file of [...files].sort((a, b) => a.usedAt - b.usedAt)) {
    if (bytes <= budgetBytes) break;
    if (keep(file)) continue;
    bytes -= file.bytes;
    evicted.push(file.name);
  }
  return evicted;
}
