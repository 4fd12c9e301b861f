/** Crockford base 32: no I, L, O and U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS_A_LETTER = 5;
const TIME_LETTERS = 10;
const RANDOM_LETTERS = 16;

/** When an id says that it was made, milliseconds since 1970. */
export function madeAtMs(id: string): number {
  return [...id.slice(0, TIME_LETTERS)].reduce(
    (ms, letter) => ms * LETTERS.length + LETTERS.indexOf(letter),
    0,
  );
}

/** An id made at `ms` of 16 bytes of chance, of which 5 bits each are taken (ULID specification, 80 bits in all). */
export function ulidOf(ms: number, random: Uint8Array): string {
  const time = Array.from({ length: TIME_LETTERS }, (_, at) =>
    letterOf(Math.floor(ms / LETTERS.length ** (TIME_LETTERS - 1 - at))),
  );
  const chance = Array.from({ length: RANDOM_LETTERS }, (_, at) => letterOf(random[at] ?? 0));
  return [...time, ...chance].join('');
}

function letterOf(number: number): string {
  return LETTERS[number % 2 ** BITS_A_LETTER] ?? '0';
}
