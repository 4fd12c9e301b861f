import { drawScreen, type Ground, type Mask } from '../../panel/layout/canvas.ts';
import { compose } from '../../panel/layout/compose.ts';
import type { FontMetrics } from '../../panel/layout/font-metrics.ts';
import type { PlacedLine, Running, ScreenLayout } from '../../panel/layout/screen.ts';
import { type WordFault, wordFaults } from '../../panel/layout/word-faults.ts';
import type { Bitmap, Marquee, PaintedScreen, PaintRequest, TextPainter } from '../../sign-ports.ts';
import { PageFigures } from './figures.ts';
import { readSignFont } from './fonts.ts';
import { MaskMaker } from './masks.ts';

/** The painter itself, in whatever process it is started: the font engine costs 30 MB for as long as that lives. */
export class TextPainterEngine implements TextPainter {
  readonly #font: FontMetrics;
  readonly #masks: MaskMaker;

  private constructor(font: FontMetrics, masks: MaskMaker) {
    this.#font = font;
    this.#masks = masks;
  }

  static async start(): Promise<TextPainterEngine> {
    const font = readSignFont();
    return new TextPainterEngine(font, await MaskMaker.start(font));
  }

  /** Throws DeviceError for what the page is at fault for, and whatever the font engine throws. */
  async paint(request: PaintRequest): Promise<PaintedScreen[]> {
    return (await this.painted(request)).screens;
  }

  /** The screens, and what of the words cannot be read on them as it was written. */
  async painted(request: PaintRequest): Promise<{ screens: PaintedScreen[]; faults: WordFault[] }> {
    const screens: PaintedScreen[] = [];
    const page = await PageFigures.of(request);
    const composed = compose(request, this.#font, page.figures);
    for (const { layout, plates, ms } of composed) {
      const bitmap = await this.#draw(layout, request);
      const words = {
        bitmap,
        ms,
        ...(layout.running && { marquee: await this.#run(layout.running, request) }),
      };
      screens.push(...(await page.hang(words, plates, composed.length)));
    }
    const layouts = composed.map(({ layout }) => layout);
    const { content } = request;
    return { screens, faults: content.type === 'idle' ? [] : wordFaults(content.page, layouts, this.#font) };
  }

  async #draw(layout: ScreenLayout, ground: Ground): Promise<Bitmap> {
    const drawn = new Map<PlacedLine, Mask>();
    for (const line of layout.lines) drawn.set(line, await this.#masks.mask(line.text, line.px));
    return drawScreen(layout, ground, drawn);
  }

  async #run({ strip, left, top, ...moves }: Running, { depth }: Ground): Promise<Marquee> {
    const { width, height } = strip;
    return { ...moves, x: left, y: top, strip: await this.#draw(strip, { width, height, depth }) };
  }
}
