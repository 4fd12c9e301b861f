/** Lets whatever has come meanwhile go first. SQLite answers at once, so that an `await` alone lets nobody in. */
export function othersFirst(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
