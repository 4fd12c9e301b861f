import { isLow, lowLineOf } from './low-marks.ts';

/** Rows that the ink of a line takes above its baseline (the row of the baseline not counted) and below it. */
export interface Extent {
  above: number;
  below: number;
}

interface Reach {
  having: RegExp;
  em: number;
}

/**
 * How far letters of Noto Sans Thai SemiBold reach, in em, furthest first: rounded to rows they cover what is drawn at every
 * size in use, which a test holds against the pixels. Lines set by their ink instead of by the font's line height (1.5 em) put
 * two lines of 24 px on a sign of 64 rows.
 */
const ABOVE: Reach[] = [
  { having: /็[่-๋]/u, em: 1.13 },
  { having: /[ัิ-ืํ][่-๋]|[่-๋]ำ/u, em: 1.06 },
  { having: /[ิ-ื]์|[À-ÅÈ-ÏÒ-ÖÙ-Ýˆ-˝]/u, em: 0.99 },
  { having: /[่-๋็]/u, em: 0.9 },
  { having: /[โใไ]/u, em: 0.87 },
  { having: /[ัิ-ื์ํำ๎]/u, em: 0.83 },
  { having: /[ปฝฟฬ฿A-Z\dbdfhijklt()[\]{}"'‘’“”/|!?%&@#$€°]/u, em: 0.79 },
  { having: /[ก-ฮ๐-๙a-zā-ȷ]/u, em: 0.62 },
];
const BELOW: Reach[] = [
  { having: /[ฎฏ][ุู]/u, em: 0.46 },
  { having: /[ฺุู]/u, em: 0.31 },
  { having: /[ญฐฎฏฤฦๅๆgjpqyQ()[\]{},;|@ç$]/u, em: 0.25 },
  { having: /[฿]/u, em: 0.11 },
];

export function extentOf(text: string, px: number): Extent {
  if (isLow(px)) return lowLineOf(text);
  return { above: reach(ABOVE, text, px, 0.79), below: reach(BELOW, text, px, 0) };
}

function reach(reaches: Reach[], text: string, px: number, otherwise: number): number {
  const furthest = reaches.find(({ having }) => having.test(text));
  return Math.round((furthest?.em ?? otherwise) * px);
}
