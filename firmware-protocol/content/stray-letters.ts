/**
 * Letters that stand in no text of ours, as the inside of a character class. Control characters reach signs of other makers
 * as commands. Half a surrogate pair has no canonical JSON (RFC 8785, 3.2.2.2), so it could not be signed. Marks that turn
 * the order of the letters behind them (UAX 9) let an approver, a village and an audit read something else than was written;
 * U+2028 and U+2029 break lines where none may be. What parts Thai words or joins emoji (U+200B to U+200D) is none of them.
 */
export const STRAY_LETTERS = String.raw`\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069`;

/** One of them, in a single line and on a page, which may have line breaks. */
export const STRAY_IN_LINE = new RegExp(`[${STRAY_LETTERS}]`, 'u');
export const STRAY_ON_PAGE = new RegExp(`(?!\\n)[${STRAY_LETTERS}]`, 'u');
