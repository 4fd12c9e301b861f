/** What the tests of this file opened; closed when they are over, last first (after-each.ts). */
const opened: (() => Promise<void>)[] = [];

/** From now on it is closed with what else this file opened. */
export function closeAfterwards(close: () => Promise<void>): void {
  opened.push(close);
}

export async function closeOpened(): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close();
}
