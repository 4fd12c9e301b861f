import type { ScreenOf } from '../../firmware-protocol/mqtt/sign-screen.ts';
import { aborted } from '../playout/waiting.ts';
import type { PaintedScreen, Panel, PanelFace, ShownPage } from '../sign-ports.ts';

/** A screen on its way to the sign, and what it belongs to. */
export interface SlotScreen extends Pick<PaintedScreen, 'bitmap' | 'marquee'> {
  of: ScreenOf;
}

/**
 * The sign has one line and takes one page at a time. Who is cut leaves at once; the page under way still ends before
 * the next one begins, within the deadlines of the line.
 */
export class PanelSlot {
  readonly #panel: Panel;
  readonly #stood: (shown: ShownPage | Error, screen: SlotScreen) => void;
  #turn: Promise<unknown> = Promise.resolve();

  /** `stood` hears how each screen came to stand, or why it did not. */
  constructor(panel: Panel, stood: (shown: ShownPage | Error, screen: SlotScreen) => void) {
    this.#panel = panel;
    this.#stood = stood;
  }

  /** What screens are to be made for. */
  get face(): PanelFace {
    const { depth, marquee, stripPixels } = this.#panel.abilities();
    const { width, height } = this.#panel;
    return { width, height, depth, marquee, ...(stripPixels !== undefined && { stripPixels }) };
  }

  /** Undefined = the signal came first. Rejects as `Panel.show` does. */
  async show(screen: SlotScreen, signal: AbortSignal): Promise<ShownPage | undefined> {
    const { bitmap, marquee } = screen;
    const shown = this.#turn.then(() => (signal.aborted ? undefined : this.#panel.show(bitmap, marquee)));
    this.#turn = shown.then(
      (page) => page && this.#stood(page, screen),
      (error) => this.#stood(error, screen),
    );
    const enough = new AbortController();
    try {
      return await Promise.race([shown, aborted(signal, enough.signal).then(() => undefined)]);
    } finally {
      enough.abort();
    }
  }
}
