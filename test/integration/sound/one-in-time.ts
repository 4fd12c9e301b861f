/**
 * Tries until one takes less than `limit`, at most `tries` times; resolves to all that were made. On a machine that is busy with
 * other tests a try may be slow; none is fast by chance.
 */
export async function untilInTime<T>(
  { limit, tries }: { limit: number; tries: number },
  once: (n: number) => Promise<T>,
  took: (made: T) => number,
): Promise<T[]> {
  const made: T[] = [];
  while (made.length < tries) {
    const each = await once(made.length);
    made.push(each);
    if (took(each) < limit) break;
  }
  return made;
}
