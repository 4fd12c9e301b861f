/** A typing error changes a third of a word at most; anything further is another word. */
const TOLERANCE = 3;

/** The known word that `typed` was most likely meant to be, or undefined. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  if (typed.length > 64) return undefined;
  const wanted = typed.toLowerCase();
  const ranked = known
    .map((word) => ({ word, steps: editsBetween(wanted, word.toLowerCase()) }))
    .filter(({ word, steps }) => steps <= Math.ceil(Math.max(word.length, typed.length) / TOLERANCE))
    .sort((one, other) => one.steps - other.steps);
  return ranked[0]?.word;
}

/** Edits that turn one word into the other; two letters swapped count as one (Damerau, optimal string alignment). */
function editsBetween(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= one.length; row++) {
    rows[row] = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      rows[row]?.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + same,
          swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(one.length, other.length);
}
