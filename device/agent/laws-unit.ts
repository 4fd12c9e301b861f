import { NO_LAWS } from '../../firmware-protocol/content/site-laws.ts';
import { LawBook } from '../laws/law-book.ts';
import { MinutesUsed } from '../laws/minutes-used.ts';
import { knowsTheTime } from '../orders/here.ts';
import type { BootParts } from './parts.ts';
import type { Records } from './records.ts';

/** The laws of a hall, and what has been used up of them. */
export interface LawsUnit {
  book: LawBook;
  used: MinutesUsed;
}

export function createLaws({ clock, store, laws = NO_LAWS }: BootParts, { failed }: Records): LawsUnit {
  const isTimeKnown = () => knowsTheTime({ trust: clock.trust() });
  const used = new MinutesUsed({ store, clock, isTimeKnown, failed });
  return { book: new LawBook({ laws, used, clock, isTimeKnown }), used };
}
