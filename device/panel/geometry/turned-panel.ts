import { DeviceError } from '../../errors.ts';
import type {
  Bitmap,
  Marquee,
  Panel,
  PanelAbilities,
  PanelMeasures,
  ShownPage,
  Standing,
} from '../../sign-ports.ts';
import { backTurns, type QuarterTurns, rotated, turnedSize } from './rotation.ts';

/**
 * A sign that hangs turned: pages are turned back before they go out, so that the street sees them upright. It has no
 * marquee: a sign scrolls along its own rows, which now run the wrong way or upwards. The numbers of faulty modules stay
 * the sign's own, as they are printed on it.
 */
export class TurnedPanel implements Panel {
  readonly #panel: Panel;
  readonly #turns: QuarterTurns;

  /** `turns`: how the sign hangs, clockwise, seen from the street. */
  constructor(panel: Panel, turns: QuarterTurns) {
    this.#panel = panel;
    this.#turns = turns;
  }

  get width(): number {
    return turnedSize(this.#panel, this.#turns).width;
  }

  get height(): number {
    return turnedSize(this.#panel, this.#turns).height;
  }

  abilities(): PanelAbilities {
    const own = this.#panel.abilities();
    return { ...own, marquee: own.marquee && this.#turns === 0 };
  }

  async show(page: Bitmap, marquee?: Marquee): Promise<ShownPage> {
    if (marquee === undefined || this.#turns === 0) return this.#panel.show(this.#turnedBack(page), marquee);
    throw new DeviceError('panel-cannot', { what: 'marquee', quarterTurns: this.#turns });
  }

  blank(): Promise<void> {
    return this.#panel.blank();
  }

  setBrightness(level: number): Promise<void> {
    return this.#panel.setBrightness(level);
  }

  async keepFallback(page: Bitmap, afterSeconds: number): Promise<void> {
    return this.#panel.keepFallback(this.#turnedBack(page), afterSeconds);
  }

  measure(): Promise<PanelMeasures> {
    return this.#panel.measure();
  }

  check(): Promise<Standing> {
    return this.#panel.check();
  }

  #turnedBack(page: Bitmap): Bitmap {
    return rotated(page, backTurns(this.#turns));
  }
}
