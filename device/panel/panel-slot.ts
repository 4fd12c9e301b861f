import { aborted } from '../playout/waiting.ts';
import type { Bitmap, Marquee, Panel, PanelFace, ShownPage } from '../sign-ports.ts';

/**
 * The sign has one line and takes one page at a time. Who is cut leaves at once; the page under way still ends before
 * the next one begins, within the deadlines of the line.
 */
export class PanelSlot {
  readonly #panel: Panel;
  readonly #stood: (shown: ShownPage | Error) => void;
  #turn: Promise<unknown> = Promise.resolve();

  /** `stood` hears how each page came to stand, or why it did not. */
  constructor(panel: Panel, stood: (shown: ShownPage | Error) => void) {
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
  async show(page: Bitmap, signal: AbortSignal, marquee?: Marquee): Promise<ShownPage | undefined> {
    const shown = this.#turn.then(() => (signal.aborted ? undefined : this.#panel.show(page, marquee)));
    this.#turn = shown.then((page) => page && this.#stood(page), this.#stood);
    const enough = new AbortController();
    try {
      return await Promise.race([shown, aborted(signal, enough.signal).then(() => undefined)]);
    } finally {
      enough.abort();
    }
  }
}
