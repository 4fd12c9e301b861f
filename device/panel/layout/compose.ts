import type { PaintRequest } from '../../sign-ports.ts';
import type { FontMetrics } from './font-metrics.ts';
import { layoutIdle } from './idle-layout.ts';
import { layoutPage } from './layout.ts';
import { paletteOf } from './palette.ts';
import { standingMs } from './reading-time.ts';
import type { ScreenLayout } from './screen.ts';
import { cleanText } from './text-cleaning.ts';

export interface ComposedScreen {
  layout: ScreenLayout;
  ms: number;
}

/** Decides every screen of a request; only drawing is left. */
export function compose(request: PaintRequest, font: FontMetrics): ComposedScreen[] {
  const size = { width: request.width, height: request.height };
  const clean = (text: string) => cleanText(text, (character) => font.advance(character, 1) !== undefined);
  if (request.content.type === 'idle') {
    const { time, dates, place } = request.content;
    return [{ layout: layoutIdle({ time, dates, place: clean(place) }, size, font.width), ms: 0 }];
  }
  const { page, band } = request.content;
  const words = {
    // A text of pictures only: seen to say something that cannot be shown.
    text: clean(page.text) || '?',
    ...(page.title && { title: clean(page.title) }),
    ...(page.hotline && { hotline: clean(page.hotline) }),
  };
  const layouts = layoutPage(words, size, paletteOf(band), font.width);
  const times = standingMs(layouts, page.seconds);
  return layouts.map((layout, index) => ({ layout, ms: times[index] ?? 0 }));
}
