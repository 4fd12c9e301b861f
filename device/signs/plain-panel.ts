import type {
  Bitmap,
  Marquee,
  Panel,
  PanelAbilities,
  PanelMeasures,
  ShownPage,
  Standing,
} from '../sign-ports.ts';
import { cannot, type SignSize } from './sign-page.ts';

/** In what the signs of other makers differ. */
export type PlainAbilities = Pick<PanelAbilities, 'pixels' | 'depth' | 'brightness'>;

/**
 * What they have in common: a page appears whole; no strip runs, no page is kept for silence, nothing is measured or read
 * back.
 */
export abstract class PlainPanel implements Panel {
  readonly width: number;
  readonly height: number;
  readonly #can: PlainAbilities;

  constructor(size: SignSize, can: PlainAbilities) {
    this.width = size.width;
    this.height = size.height;
    this.#can = can;
  }

  abilities(): PanelAbilities {
    return {
      ...this.#can,
      ...{ readsBack: false, whole: true, marquee: false, fallback: false, measures: [] },
    };
  }

  abstract show(page: Bitmap, marquee?: Marquee): Promise<ShownPage>;

  abstract blank(): Promise<void>;

  /** Of a sign that cannot be dimmed. */
  async setBrightness(_level: number): Promise<void> {
    throw cannot('brightness');
  }

  async keepFallback(_page: Bitmap, _afterSeconds: number): Promise<void> {
    throw cannot('fallback');
  }

  async measure(): Promise<PanelMeasures> {
    return {};
  }

  async check(): Promise<Standing> {
    return 'unknown';
  }
}
