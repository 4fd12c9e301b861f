import type { PaintRequest } from '../../sign-ports.ts';
import type { Figures } from '../picture/figure-split.ts';
import { type PageScreen, planPage, type WordScreen } from '../picture/page-plan.ts';
import type { FontMetrics } from './font-metrics.ts';
import { layoutIdle } from './idle-layout.ts';
import { layoutPage } from './layout.ts';
import { leastWidthOf } from './least-width.ts';
import { paletteOf } from './palette.ts';
import { runningMs, showsTooLittle, standingMs } from './reading-time.ts';
import { runningLines } from './running-line.ts';
import type { Size } from './screen.ts';
import { cleanText } from './text-cleaning.ts';

/** Decides every screen of a request; only drawing is left. Throws DeviceError `qr-unfit`. */
export function compose(request: PaintRequest, font: FontMetrics, figures: Figures = {}): PageScreen[] {
  const size = { width: request.width, height: request.height };
  const clean = (text: string) => cleanText(text, (character) => font.advance(character, 1) !== undefined);
  if (request.content.type === 'idle') {
    const { time, dates, place } = request.content;
    return [
      { layout: layoutIdle({ time, dates, place: clean(place) }, size, font.width), plates: [], ms: 0 },
    ];
  }
  const { page, band } = request.content;
  const words = {
    // A text of pictures only: seen to say something that cannot be shown.
    text: clean(page.text) || '?',
    ...nonEmpty({ title: clean(page.title ?? ''), hotline: clean(page.hotline ?? '') }),
  };
  const lay = (area: Size, seconds: number): WordScreen[] => {
    const palette = paletteOf(band, request.depth);
    const standing = layoutPage(words, area, palette, font.width);
    const runs = request.marquee && showsTooLittle(standing, area);
    const layouts = runs ? runningLines(words, area, palette, font.width, request.stripPixels) : standing;
    const times = runs ? runningMs(layouts, seconds) : standingMs(layouts, seconds);
    return layouts.map((layout, index) => ({ layout, ms: times[index] ?? 0 }));
  };
  return planPage(size, figures, page.seconds, { lay, leastWidth: leastWidthOf(words, font.width) });
}

/** A title of pictures only would be a screen of nothing. */
function nonEmpty<T extends Record<string, string>>(texts: T): Partial<T> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')) as Partial<T>;
}
