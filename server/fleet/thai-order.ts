/** เ แ โ ใ ไ are written before the consonant that they follow in the alphabet. */
const LEADING_VOWEL = /([เแโใไ])([ก-ฮ])/g;
/** Tone marks, ็ and ์ decide only where all else is equal (Royal Institute Dictionary, as CLDR's Thai collation has it). */
const MARKS = /[็-๎]/g;
/** Spaces and punctuation have no place in the alphabet. */
const NO_LETTERS = /[\s\p{P}]+/gu;
const DIGITS = /[0-9๐-๙]+/g;
const THAI_ZERO = '๐'.charCodeAt(0);
/** Moo 2 before moo 10: no number of a place is longer. */
const NUMBER_DIGITS = 6;

/**
 * A key by which texts stand in the order of the Thai alphabet when compared code unit by code unit, so that a nation's 75,000
 * names are sorted in milliseconds where `Intl.Collator` takes a second of the server.
 */
export function thaiOrderKey(text: string): string {
  const letters = text.toLowerCase().replace(NO_LETTERS, '').replace(DIGITS, padded);
  const base = letters.replace(MARKS, '').replace(LEADING_VOWEL, '$2$1');
  return base.length === letters.length ? base : `${base}\0${letters}`;
}

function padded(digits: string): string {
  return digits
    .replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - THAI_ZERO))
    .padStart(NUMBER_DIGITS, '0');
}
