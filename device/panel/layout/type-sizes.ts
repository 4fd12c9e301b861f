/** Letter sizes in pixels of an em; a consonant is 0.57 of it. Chosen by reading painted signs, not by the font. */
export const TYPE_SIZES = {
  /** What a page may be set in when all of it fits one screen, largest first. */
  whole: [112, 96, 80, 64, 56, 48, 40, 36, 32, 28, 24],
  /** What a line that is too wide may shrink to, largest first. */
  smaller: [22, 20, 18, 16, 12],
  /** Every mark stands clear: the size of a page that needs several screens. */
  readable: 24,
  /** Marks still told apart: for one line that would not fit, or for a page that then needs far fewer screens. */
  compact: 20,
  /** Marks stand close, two lamps tell SARA II from SARA UEE: for a word that no larger size holds, and on small signs. */
  least: 16,
  /** A line of 16 rows with marks of its own (low-marks.ts): for signs that have no more, and words wider than a line. */
  low: 12,
  /** Rows below which `readable` shows one word at a time, and two lines of `least` tell more. */
  smallSignRows: 48,
} as const;

/** Every size that text is drawn in. At each one, on lamps of every depth, every mark is told from every other. */
export const OFFERED_PX: readonly number[] = [...TYPE_SIZES.whole, ...TYPE_SIZES.smaller];
