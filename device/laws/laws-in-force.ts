import type { LawBook } from './law-book.ts';
import type { MinutesUsed } from './minutes-used.ts';

/** The laws of a hall, and where it is written down what has been used up of them. */
export interface LawsInForce {
  book: LawBook;
  used: Pick<MinutesUsed, 'sounded'>;
}
