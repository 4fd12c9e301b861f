import { FONT_PATHS } from '../../../../device/drivers/painter/fonts.ts';
import { images } from '../../../../device/drivers/pictures/sharp.ts';
import type { Lang } from '../../../cli/words.ts';
import type { Result } from '../finding.ts';
import { linesOf, restOf, type VisitResult, wrongOf } from './result.ts';

/** As wide as a telephone shows a picture without scaling it down much. */
const PICTURE_WIDTH = 1_080;
const MARGIN = 48;
/** A page of a hundred lines is no page; LINE cuts taller pictures small. */
const MOST_LINES = 60;

const COLOURS: Record<Result, string> = {
  ok: '#1a7f37',
  warn: '#9a6700',
  fail: '#b42318',
  'not-known': '#57606a',
  skipped: '#8c959f',
};

/** The result as a PNG of one page, in Thai or English, set by Pango as the signs are. */
export async function resultPicture(result: VisitResult, head: string, lang: Lang): Promise<Buffer> {
  const wrong = wrongOf(result.findings).flatMap((finding) =>
    linesOf(finding, lang).map((line, index) =>
      index === 0 ? span(line, COLOURS[finding.result], 30) : span(line, '#1b1f24', 26),
    ),
  );
  const rest = restOf(result.findings, lang).map(({ result: found, line }) => span(line, COLOURS[found], 28));
  const rows = [...wrong, ...(wrong.length > 0 ? [''] : []), ...rest];
  const shown = rows.slice(0, MOST_LINES);
  const more = rows.length > MOST_LINES ? [span('…', '#57606a', 30)] : [];
  const markup = [span(head, '#1b1f24', 34), '', ...shown, ...more].join('\n');
  const { data } = await images({
    text: {
      ...{ text: markup, font: 'Noto Sans Thai', fontfile: FONT_PATHS.SemiBold, rgba: true },
      ...{ width: PICTURE_WIDTH - 2 * MARGIN, wrap: 'word-char', spacing: 8, dpi: 72 },
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true });
  const text = await images(data).metadata();
  const height = (text.height ?? 0) + 2 * MARGIN;
  return await images({ create: { width: PICTURE_WIDTH, height, channels: 3, background: '#ffffff' } })
    .composite([{ input: data, left: MARGIN, top: MARGIN }])
    .png({ palette: true })
    .toBuffer();
}

function span(text: string, colour: string, px: number): string {
  return `<span foreground="${colour}" size="${px * 1_024}">${escaped(breakable(text))}</span>`;
}

/** Pango breaks lines between Thai words only where it is told. */
function breakable(text: string): string {
  return [...WORDS.segment(text)].map(({ segment }) => segment).join('\u200b');
}
const WORDS = new Intl.Segmenter('th', { granularity: 'word' });

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
