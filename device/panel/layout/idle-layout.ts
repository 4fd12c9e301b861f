import type { MeasureWidth } from './line-breaking.ts';
import { extentOf } from './line-extent.ts';
import { AMBER, WHITE } from './palette.ts';
import type { Colour, PlacedLine, ScreenLayout, Size } from './screen.ts';
import { fitText } from './text-block.ts';

/** The words between plays. `time` and `dates` are absent while the clock is not to be trusted. */
export interface IdleWords {
  time?: string | undefined;
  /** Forms of the same date, the fullest first. */
  dates: string[];
  place: string;
}

interface Row {
  text: string;
  px: number;
  colour: Colour;
}

const GREEN: Colour = [0, 200, 80];
/** Sizes of the clock and of the words under it, the largest first. */
const SIZES: { time: number; words: number }[] = [
  { time: 64, words: 32 },
  { time: 48, words: 28 },
  { time: 40, words: 24 },
  { time: 32, words: 24 },
  { time: 28, words: 20 },
  { time: 24, words: 18 },
  { time: 20, words: 16 },
  { time: 16, words: 16 },
  { time: 12, words: 12 },
];
const GAP_ROWS = 1;

/**
 * Clock, date and place on one screen, as large as they go. On a small sign the date gives up its weekday and its full
 * month, then its year, then the place goes, then the date: the time of day is what people look up for.
 */
export function layoutIdle(words: IdleWords, size: Size, measure: MeasureWidth): ScreenLayout {
  for (const group of choices(words)) {
    for (const px of SIZES) {
      for (const choice of group) {
        const rows = rowsOf(choice, px);
        const fits =
          rows.every((row) => measure(row.text, row.px) <= size.width) && height(rows) <= size.height;
        if (fits) return { boxes: [], lines: place(rows, size, measure) };
      }
    }
  }
  const [lines = []] = fitText([{ text: words.place, colour: GREEN, oneLine: false }], size, measure);
  return { boxes: [], lines };
}

interface Choice {
  time?: string | undefined;
  date?: string | undefined;
  place?: string | undefined;
}

const WITH_YEAR = /\d{4}$/;
/** What follows the digits of a time of day: a module of 32 columns has room for the digits alone. */
const HOUR_SIGN = / น\.$/;

/** What could be shown, the best first; within a group larger letters are worth more than a fuller date. */
function choices({ time, dates, place: village }: IdleWords): Choice[][] {
  if (time === undefined) return [[{ place: village }]];
  const withYear = dates.filter((date) => WITH_YEAR.test(date));
  return [
    withYear.map((date) => ({ time, date, place: village })),
    dates.map((date) => ({ time, date, place: village })),
    dates.map((date) => ({ time, date })),
    [{ time, place: village }, { time }],
    [{ time: time.replace(HOUR_SIGN, '') }],
  ];
}

function rowsOf({ time, date, place: village }: Choice, px: { time: number; words: number }): Row[] {
  return [
    ...(time ? [{ text: time, px: px.time, colour: WHITE }] : []),
    ...(date ? [{ text: date, px: px.words, colour: AMBER }] : []),
    ...(village ? [{ text: village, px: px.words, colour: GREEN }] : []),
  ];
}

function height(rows: Row[]): number {
  return rows.reduce((sum, row) => {
    const { above, below } = extentOf(row.text, row.px);
    return sum + above + below + GAP_ROWS;
  }, -GAP_ROWS);
}

function place(rows: Row[], size: Size, measure: MeasureWidth): PlacedLine[] {
  const spare = size.height - height(rows);
  const between = Math.floor(spare / (rows.length + 1));
  let top = Math.floor((spare - between * (rows.length - 1)) / 2);
  return rows.map((row) => {
    const { above, below } = extentOf(row.text, row.px);
    const baseline = top + above;
    top = baseline + below + GAP_ROWS + between;
    return { ...row, left: Math.floor((size.width - measure(row.text, row.px)) / 2), baseline };
  });
}
