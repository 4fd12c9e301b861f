import { aborted } from '../playout/waiting.ts';
import type { Bitmap, Panel, ShownPage } from '../ports.ts';

/**
 * The sign has one line and takes one page at a time. Who is cut leaves at once; the page under way still ends before
 * the next one begins, within the deadlines of the line.
 */
export class PanelSlot {
  readonly #panel: Panel;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(panel: Panel) {
    this.#panel = panel;
  }

  get size(): { width: number; height: number } {
    return { width: this.#panel.width, height: this.#panel.height };
  }

  /** Undefined = the signal came first. Rejects as `Panel.show` does. */
  async show(page: Bitmap, signal: AbortSignal): Promise<ShownPage | undefined> {
    const shown = this.#turn.then(() => (signal.aborted ? undefined : this.#panel.show(page)));
    this.#turn = shown.catch(() => undefined);
    const enough = new AbortController();
    try {
      return await Promise.race([shown, aborted(signal, enough.signal).then(() => undefined)]);
    } finally {
      enough.abort();
    }
  }
}
